// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry, Key} from "interfaces/IAllianceRegistry.sol";
import {Hands, IMemberDesk, Instruction, Person, Policy} from "interfaces/IMemberDesk.sol";

/// @title The account contract of a member that enforces four eyes.
/// @notice See IMemberDesk.
contract MemberDesk is IMemberDesk, EIP712 {
    /* CONSTANTS */

    bytes32 private constant INSTRUCTION_TYPE = keccak256(
        "Instruction(string action,address target,uint16 currency,uint256 amount,bytes call,address maker,uint256 nonce,uint40 deadline)"
    );

    bytes32 private constant MESSAGE_TYPE = keccak256("DeskMessage(bytes32 hash)");

    /// @dev The action under which a member opens ERC-1271.
    bytes32 private constant MESSAGE_ACTION = keccak256("sign a message");

    uint256 private constant SIGNATURE_LENGTH = 65;

    uint256 private constant SELECTOR_LENGTH = 4;

    /* IMMUTABLES */

    /// @inheritdoc IMemberDesk
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IMemberDesk
    uint32 public immutable memberId;

    /* STORAGE */

    mapping(address account => Person) private _persons;

    mapping(bytes32 key => Policy) private _policies;

    /// @dev 256 nonces to a word, a bit each.
    mapping(address maker => mapping(uint256 word => uint256)) private _used;

    /// @inheritdoc IMemberDesk
    mapping(bytes32 digest => address) public proposedBy;

    /* CONSTRUCTOR */

    /// @notice Opens the desk, at which there is nobody and nothing is done yet.
    /// @param registry_ The register of members.
    /// @param memberId_ The member whose account it is.
    constructor(IAllianceRegistry registry_, uint32 memberId_) EIP712("Yangshan member desk", "1") {
        registry = registry_;
        memberId = memberId_;
    }

    /* PEOPLE AND POLICIES */

    /// @inheritdoc IMemberDesk
    function setPerson(address account, bool maker, bool checker, uint40 validUntil) external {
        _requireAdministrator();
        if (account == address(0)) revert IAllianceRegistry.NoAccount();
        if (!maker && !checker) {
            validUntil = 0;
        } else if (validUntil <= block.timestamp) {
            revert IAllianceRegistry.NotInFuture(validUntil, block.timestamp);
        }
        Person storage own = _persons[account];
        if (own.maker == maker && own.checker == checker && own.validUntil == validUntil) {
            revert PersonUnchanged(account);
        }

        _persons[account] = Person(maker, checker, validUntil);
        emit PersonSet(account, maker, checker, validUntil);
    }

    /// @inheritdoc IMemberDesk
    function setPolicy(
        address target,
        bytes4 selector,
        uint16 currency,
        string calldata action,
        Policy calldata decided
    ) external {
        _requireAdministrator();
        if (!_isSensible(target, currency, action, decided)) revert BadPolicy(decided);
        if (decided.hands != Hands.Closed && !_isTarget(target, selector)) revert NotATarget(target);
        bytes32 key = _keyOf(target, selector, currency, keccak256(bytes(action)));
        if (keccak256(abi.encode(_policies[key])) == keccak256(abi.encode(decided))) {
            revert PolicyUnchanged(target, selector, currency);
        }

        _policies[key] = decided;
        emit PolicySet(target, selector, currency, action, decided);
    }

    /* INSTRUCTIONS */

    /// @inheritdoc IMemberDesk
    function propose(Instruction calldata instruction) external returns (bytes32 digest) {
        address maker = instruction.maker;
        if (msg.sender != maker) revert NotTheMaker(msg.sender, maker);
        _requireHand(maker, true);
        _permitted(instruction);
        if (isUsed(maker, instruction.nonce)) revert NonceUsed(maker, instruction.nonce);
        digest = digestOf(instruction);
        if (proposedBy[digest] != address(0)) revert ProposedAlready(digest);

        proposedBy[digest] = maker;
        emit InstructionProposed(digest, maker, instruction);
    }

    /// @inheritdoc IMemberDesk
    function execute(Instruction calldata instruction, bytes calldata makerSignature, bytes calldata checkerSignature)
        external
        returns (bytes memory answer)
    {
        bool alone = _permitted(instruction);
        bytes32 digest = digestOf(instruction);
        address maker = instruction.maker;
        _requireMaker(maker, digest, makerSignature);
        address checker;
        if (!alone || checkerSignature.length != 0) {
            checker = checkerSignature.length == 0 ? msg.sender : ECDSA.recover(digest, checkerSignature);
            if (checker == maker) revert SamePerson(maker);
            _requireHand(checker, false);
        }
        address target = instruction.target;
        if (target.code.length == 0) revert NotATarget(target);

        _use(maker, instruction.nonce);
        emit InstructionExecuted(digest, maker, checker, instruction.nonce);

        return _call(target, instruction.call);
    }

    /// @inheritdoc IMemberDesk
    function cancel(address maker, uint256 nonce) external {
        if (msg.sender != maker && !_has(msg.sender, false)) _requireAdministrator();

        _use(maker, nonce);
        emit NonceCancelled(maker, nonce, msg.sender);
    }

    /* VIEWS */

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return _isSigned(hash, signature) ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    /// @inheritdoc IMemberDesk
    function digestOf(Instruction calldata instruction) public view returns (bytes32 digest) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(
                    INSTRUCTION_TYPE,
                    keccak256(bytes(instruction.action)),
                    instruction.target,
                    instruction.currency,
                    instruction.amount,
                    keccak256(instruction.call),
                    instruction.maker,
                    instruction.nonce,
                    instruction.deadline
                )
            )
        );
    }

    /// @inheritdoc IMemberDesk
    function person(address account) external view returns (Person memory) {
        return _persons[account];
    }

    /// @inheritdoc IMemberDesk
    function policy(address target, bytes4 selector, uint16 currency, string calldata action)
        external
        view
        returns (Policy memory)
    {
        return _policies[_keyOf(target, selector, currency, keccak256(bytes(action)))];
    }

    /// @inheritdoc IMemberDesk
    function isUsed(address maker, uint256 nonce) public view returns (bool) {
        return _used[maker][nonce >> 8] & 1 << (nonce & 0xff) != 0;
    }

    /* INTERNALS */

    function _requireAdministrator() private view {
        uint32 caller = registry.actingMember(msg.sender, Roles.ADMINISTER);
        if (caller != memberId) revert NotOwnDesk(caller, memberId);
    }

    function _isSensible(address target, uint16 currency, string calldata action, Policy calldata decided)
        private
        view
        returns (bool)
    {
        if (decided.hands == Hands.Closed) {
            return decided.amountAt | decided.currencyAt | decided.alone | decided.limit == 0;
        }
        if (bytes(action).length == 0) return false;
        if ((currency == 0) != (decided.currencyAt == 0) || (decided.limit == 0) != (decided.amountAt == 0)) {
            return false;
        }
        if (decided.hands == Hands.Two) return decided.alone == 0;
        return target != address(this) && (decided.alone == 0) == (decided.limit == 0) && decided.alone <= decided.limit;
    }

    function _isTarget(address target, bytes4 selector) private view returns (bool) {
        if (target != address(this)) return target.code.length != 0;
        return selector == this.setPerson.selector || selector == this.setPolicy.selector
            || selector == this.cancel.selector || selector == this.isValidSignature.selector;
    }

    function _keyOf(address target, bytes4 selector, uint16 currency, bytes32 action) private pure returns (bytes32) {
        return keccak256(abi.encode(target, selector, currency, action));
    }

    /// @dev Reverts unless a policy lets the desk do it and the instruction says what its call says.
    function _permitted(Instruction calldata instruction) private view returns (bool alone) {
        if (block.timestamp > instruction.deadline) revert InstructionExpired(instruction.deadline, block.timestamp);
        bytes calldata call = instruction.call;
        if (call.length < SELECTOR_LENGTH) revert CallTooShort(call.length, SELECTOR_LENGTH);
        address target = instruction.target;
        uint16 currency = instruction.currency;
        uint256 amount = instruction.amount;
        Policy memory own = _policies[_keyOf(target, bytes4(call), currency, keccak256(bytes(instruction.action)))];
        if (own.hands == Hands.Closed) revert ActionClosed(target, bytes4(call), currency);
        _requireStated(call, own.currencyAt, currency);
        _requireStated(call, own.amountAt, amount);
        if (amount > own.limit) revert OverLimit(amount, own.limit);
        return own.hands == Hands.OneUpToLimit && amount <= own.alone;
    }

    function _requireStated(bytes calldata call, uint256 at, uint256 said) private pure {
        uint256 called;
        if (at != 0) {
            uint256 end = SELECTOR_LENGTH + 32 * at;
            if (call.length < end) revert CallTooShort(call.length, end);
            called = uint256(bytes32(call[end - 32:end]));
        }
        if (said != called) revert InstructionMisstated(said, called);
    }

    function _requireMaker(address maker, bytes32 digest, bytes calldata signature) private {
        _requireHand(maker, true);
        if (signature.length != 0) {
            address signer = ECDSA.recover(digest, signature);
            if (signer != maker) revert NotTheMaker(signer, maker);
        } else if (msg.sender != maker) {
            if (proposedBy[digest] == address(0)) revert NotProposed(digest);
            delete proposedBy[digest];
        }
    }

    function _requireHand(address account, bool maker) private view {
        if (!_has(account, maker)) revert NoHand(account, maker);
    }

    function _has(address account, bool maker) private view returns (bool) {
        Person memory own = _persons[account];
        return (maker ? own.maker : own.checker) && block.timestamp <= own.validUntil;
    }

    function _use(address maker, uint256 nonce) private {
        mapping(uint256 word => uint256) storage words = _used[maker];
        uint256 word = words[nonce >> 8];
        uint256 bit = 1 << (nonce & 0xff);
        if (word & bit != 0) revert NonceUsed(maker, nonce);
        words[nonce >> 8] = word | bit;
    }

    function _call(address target, bytes calldata call) private returns (bytes memory) {
        // The target is whatever the member opened, and what it refuses is told in its own words.
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = target.call(call);
        if (!done) {
            // solhint-disable-next-line no-inline-assembly
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        return answer;
    }

    function _isSigned(bytes32 hash, bytes calldata signature) private view returns (bool) {
        if (signature.length != 2 * SIGNATURE_LENGTH) return false;
        bytes32 key = _keyOf(address(this), this.isValidSignature.selector, 0, MESSAGE_ACTION);
        if (_policies[key].hands == Hands.Closed) return false;
        Key memory own = registry.key(address(this));
        if (own.memberId != memberId || own.frozen || block.timestamp > own.validUntil) return false;

        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(MESSAGE_TYPE, hash)));
        // A signature that is none comes from the address zero, which is nobody.
        (address maker,,) = ECDSA.tryRecover(digest, signature[:SIGNATURE_LENGTH]);
        (address checker,,) = ECDSA.tryRecover(digest, signature[SIGNATURE_LENGTH:]);
        return maker != checker && _has(maker, true) && _has(checker, false);
    }
}

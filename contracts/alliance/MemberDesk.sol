// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {PersonWord, PersonWords} from "contracts/libraries/PersonWords.sol";
import {PolicyWord, PolicyWords} from "contracts/libraries/PolicyWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry, Key} from "interfaces/IAllianceRegistry.sol";
import {Hands, IMemberDesk, Instruction, Person, Policy} from "interfaces/IMemberDesk.sol";

/// @title The account contract of a member that enforces four eyes.
/// @notice See IMemberDesk; how persons, nonces and policies are kept is drawn in PersonWords and PolicyWords.
contract MemberDesk is IMemberDesk, EIP712 {
    /* CONSTANTS */

    bytes32 private constant INSTRUCTION_TYPE = keccak256(
        "Instruction(string action,address target,uint16 currency,uint256 amount,bytes call,uint40 deadline,address maker,uint64 nonce)"
    );

    bytes32 private constant MESSAGE_TYPE = keccak256("DeskMessage(bytes32 hash)");

    /// @dev The action under which a member lets its desk sign messages.
    bytes32 private constant MESSAGE_ACTION = keccak256("sign a message");

    uint256 private constant SELECTOR_LENGTH = 4;

    uint256 private constant SIGNATURE_LENGTH = 65;

    /* IMMUTABLES */

    /// @inheritdoc IMemberDesk
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IMemberDesk
    uint32 public immutable memberId;

    /* STORAGE */

    /// @dev A person, and its pages of nonces but for the one that stands in the word.
    struct Seat {
        PersonWord word;
        mapping(uint256 page => uint256) used;
    }

    mapping(address account => Seat) private _seats;

    /// @dev By the hash of the action's name, and then by selector, currency and target in one word.
    mapping(bytes32 action => mapping(uint256 what => PolicyWord)) private _policies;

    /// @inheritdoc IMemberDesk
    mapping(bytes32 digest => address) public proposedBy;

    /* CONSTRUCTOR */

    /// @notice Opens a desk at which there is nobody and nothing is done yet.
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
        PersonWord old = _seats[account].word;
        PersonWord word = old.with(maker, checker, validUntil);
        if (PersonWord.unwrap(word) == PersonWord.unwrap(old)) revert PersonUnchanged(account);

        _seats[account].word = word;
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
        mapping(uint256 what => PolicyWord) storage named = _policies[keccak256(bytes(action))];
        uint256 what = _what(target, selector, currency);
        PolicyWord word = PolicyWords.pack(decided);
        if (PolicyWord.unwrap(named[what]) == PolicyWord.unwrap(word)) {
            revert PolicyUnchanged(target, selector, currency);
        }

        named[what] = word;
        emit PolicySet(target, selector, currency, action, decided);
    }

    /* INSTRUCTIONS */

    /// @inheritdoc IMemberDesk
    function propose(Instruction calldata instruction) external returns (bytes32 digest) {
        address maker = instruction.maker;
        if (msg.sender != maker) revert NotTheMaker(msg.sender, maker);
        _requireHand(_seats[maker].word, maker, PersonWords.MAKER);
        (digest,,) = _permitted(instruction);
        if (isUsed(maker, instruction.nonce)) revert NonceUsed(maker, instruction.nonce);
        if (proposedBy[digest] != address(0)) revert ProposedAlready(digest);

        proposedBy[digest] = maker;
        emit InstructionProposed(digest, maker, instruction);
    }

    /// @inheritdoc IMemberDesk
    function execute(Instruction calldata instruction, bytes calldata makerSignature, bytes calldata checkerSignature)
        external
        returns (bytes memory)
    {
        (bytes32 digest, bytes memory data, bool isOneEnough) = _permitted(instruction);
        address maker = instruction.maker;
        PersonWord word = _requireMaker(maker, digest, makerSignature);
        address checker;
        if (!isOneEnough || checkerSignature.length != 0) checker = _requireChecker(maker, digest, checkerSignature);
        if (instruction.target.code.length == 0) revert NotATarget(instruction.target);

        uint64 nonce = instruction.nonce;
        _use(maker, word, nonce);
        emit InstructionExecuted(digest, maker, checker, nonce);

        _call(instruction.target, data);
    }

    /// @inheritdoc IMemberDesk
    function cancel(address maker, uint64 nonce) external {
        if (msg.sender != maker && !_seats[msg.sender].word.has(PersonWords.CHECKER)) _requireAdministrator();

        _use(maker, _seats[maker].word, nonce);
        emit NonceCancelled(maker, nonce, msg.sender);
    }

    /* VIEWS */

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return _isSigned(hash, signature) ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    /// @inheritdoc IMemberDesk
    function digestOf(Instruction calldata instruction) external view returns (bytes32 digest) {
        (digest,,) = _read(instruction);
    }

    /// @inheritdoc IMemberDesk
    function person(address account) external view returns (Person memory) {
        return _seats[account].word.person();
    }

    /// @inheritdoc IMemberDesk
    function policy(address target, bytes4 selector, uint16 currency, string calldata action)
        external
        view
        returns (Policy memory)
    {
        return _policies[keccak256(bytes(action))][_what(target, selector, currency)].unpack();
    }

    /// @inheritdoc IMemberDesk
    function isUsed(address maker, uint64 nonce) public view returns (bool) {
        Seat storage seat = _seats[maker];
        (uint256 page, uint256 bit) = _placeOf(nonce);
        return (page == seat.word.page() ? seat.word.used() : seat.used[page]) & bit != 0;
    }

    /* POLICIES */

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

    function _what(address target, bytes4 selector, uint16 currency) private pure returns (uint256) {
        return uint256(bytes32(selector)) | uint256(currency) << 160 | uint160(target);
    }

    /// @dev Reverts unless a policy lets the desk do it and the instruction says what its call says.
    function _permitted(Instruction calldata instruction)
        private
        view
        returns (bytes32 digest, bytes memory data, bool isOneEnough)
    {
        if (block.timestamp > instruction.deadline) {
            revert InstructionExpired(instruction.deadline, block.timestamp);
        }
        bytes32 action;
        (digest, action, data) = _read(instruction);
        if (data.length < SELECTOR_LENGTH) revert CallTooShort(data.length, SELECTOR_LENGTH);
        bytes4 selector = bytes4(_word(data, 0));
        address target = instruction.target;
        uint16 currency = instruction.currency;
        uint256 amount = instruction.amount;
        PolicyWord own = _policies[action][_what(target, selector, currency)];
        if (own.isClosed()) revert ActionClosed(target, selector, currency);
        _requireStated(data, own.currencyAt(), currency);
        _requireStated(data, own.amountAt(), amount);
        if (amount > own.limit()) revert OverLimit(amount, own.limit());
        isOneEnough = own.isOneEnough(amount);
    }

    function _requireStated(bytes memory data, uint256 at, uint256 said) private pure {
        uint256 called;
        if (at != 0) {
            // A place is below 256.
            unchecked {
                uint256 start = SELECTOR_LENGTH + 32 * (at - 1);
                if (data.length < start + 32) revert CallTooShort(data.length, start + 32);
                called = uint256(_word(data, start));
            }
        }
        if (said != called) revert InstructionMisstated(said, called);
    }

    /* PERSONS */

    function _requireAdministrator() private view {
        uint32 caller = registry.actingMemberOf(msg.sender, Roles.ADMINISTER);
        if (caller != memberId) revert NotOwnDesk(caller, memberId);
    }

    /// @dev The maker's word, if it is the maker that wants the instruction.
    function _requireMaker(address maker, bytes32 digest, bytes calldata signature) private returns (PersonWord word) {
        if (signature.length != 0) {
            address signer = _signerOf(digest, signature);
            if (signer != maker) revert NotTheMaker(signer, maker);
        } else if (msg.sender != maker) {
            if (proposedBy[digest] == address(0)) revert NotProposed(digest);
            delete proposedBy[digest];
        }
        word = _seats[maker].word;
        _requireHand(word, maker, PersonWords.MAKER);
    }

    function _requireChecker(address maker, bytes32 digest, bytes calldata signature)
        private
        view
        returns (address checker)
    {
        checker = signature.length == 0 ? msg.sender : _signerOf(digest, signature);
        if (checker == maker) revert SamePerson(maker);
        _requireHand(_seats[checker].word, checker, PersonWords.CHECKER);
    }

    function _requireHand(PersonWord word, address account, uint256 hand) private view {
        if (!word.has(hand)) revert NoHand(account, hand == PersonWords.MAKER);
    }

    function _placeOf(uint64 nonce) private pure returns (uint256 page, uint256 bit) {
        return (nonce >> 7, 1 << (nonce & 127));
    }

    /// @dev `word` is the maker's. A nonce beyond its page turns the page: no nonce of a later one was used before.
    function _use(address maker, PersonWord word, uint64 nonce) private {
        Seat storage seat = _seats[maker];
        (uint256 page, uint256 bit) = _placeOf(nonce);
        if (page > word.page()) {
            seat.used[word.page()] = word.used();
            word = word.turnedTo(page);
        }
        if (page == word.page()) {
            if (word.used() & bit != 0) revert NonceUsed(maker, nonce);
            seat.word = word.withUsed(bit);
        } else {
            uint256 used = seat.used[page];
            if (used & bit != 0) revert NonceUsed(maker, nonce);
            seat.used[page] = used | bit;
        }
    }

    function _signerOf(bytes32 digest, bytes calldata signature) private pure returns (address) {
        if (signature.length != SIGNATURE_LENGTH) revert ECDSA.ECDSAInvalidSignatureLength(signature.length);
        bytes32 r;
        bytes32 s;
        uint8 v;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            r := calldataload(signature.offset)
            s := calldataload(add(signature.offset, 0x20))
            v := byte(0, calldataload(add(signature.offset, 0x40)))
        }
        return ECDSA.recover(digest, v, r, s);
    }

    function _isSigned(bytes32 hash, bytes calldata signature) private view returns (bool) {
        if (signature.length != 2 * SIGNATURE_LENGTH) return false;
        if (_policies[MESSAGE_ACTION][_what(address(this), this.isValidSignature.selector, 0)].isClosed()) {
            return false;
        }
        Key memory own = registry.key(address(this));
        if (own.memberId != memberId || own.frozen || block.timestamp > own.validUntil) return false;

        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(MESSAGE_TYPE, hash)));
        // A signature that is none comes from the address zero, which is nobody.
        (address maker,,) = ECDSA.tryRecover(digest, signature[:SIGNATURE_LENGTH]);
        (address checker,,) = ECDSA.tryRecover(digest, signature[SIGNATURE_LENGTH:]);
        return
            maker != checker && _seats[maker].word.has(PersonWords.MAKER)
                && _seats[checker].word.has(PersonWords.CHECKER);
    }

    /* CALLS */

    // What follows is written by hand because every call of the desk goes through it. The call is copied once, and what
    // is checked, what is hashed and what is sent is that copy, so that offsets which lead astray lead all three there.

    /// @dev Reads an instruction: what is signed, the hash of the action's name, and a copy of the call.
    function _read(Instruction calldata instruction)
        private
        view
        returns (bytes32 digest, bytes32 action, bytes memory data)
    {
        bytes32 structHash;
        bytes32 typeHash = INSTRUCTION_TYPE;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            data := mload(0x40)
            let source := add(instruction, calldataload(instruction))
            let length := calldataload(source)
            calldatacopy(data, add(source, 0x20), length)
            action := keccak256(data, length)

            // EIP-712 hashes the eight words of the calldata, but for the two texts, whose hashes stand in their places.
            source := add(instruction, calldataload(add(instruction, 0x80)))
            length := calldataload(source)
            calldatacopy(data, source, add(length, 0x20))
            let end := and(add(add(data, length), 0x3f), not(0x1f))
            mstore(end, typeHash)
            calldatacopy(add(end, 0x20), instruction, 0x100)
            mstore(add(end, 0x20), action)
            mstore(add(end, 0xa0), keccak256(add(data, 0x20), length))
            structHash := keccak256(end, 0x120)
            mstore(0x40, end)
        }
        digest = _hashTypedDataV4(structHash);
    }

    function _word(bytes memory data, uint256 start) private pure returns (bytes32 word) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), start))
        }
    }

    /// @dev Ends the transaction's call of the desk: what the target answers is answered, what it refuses is refused in
    /// its own words.
    function _call(address target, bytes memory data) private {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let done := call(gas(), target, 0, add(data, 0x20), mload(data), 0, 0)
            let size := returndatasize()
            let answer := mload(0x40)
            if iszero(done) {
                returndatacopy(answer, 0, size)
                revert(answer, size)
            }
            let end := add(add(answer, 0x40), size)
            mstore(answer, 0x20)
            mstore(add(answer, 0x20), size)
            mstore(end, 0)
            returndatacopy(add(answer, 0x40), 0, size)
            return(answer, and(add(size, 0x5f), not(0x1f)))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @notice How many hands an action takes at a desk.
enum Hands {
    // The desk does not do it at all, which is how every action begins.
    Closed,
    // A maker and another person as checker, whatever the amount.
    Two,
    // A maker alone up to an amount, two hands beyond it; a maker alone if the action has no amount.
    OneUpToLimit
}

/// @notice What the member decided for one action of its desk, in one word; all zero closes the action.
struct Policy {
    Hands hands;
    // Which 32-byte word of the arguments is the amount, counted from 1; 0 if there is none.
    uint8 amountAt;
    // Which 32-byte word of the arguments is the currency, counted from 1; 0 if there is none, and then the action has
    // the currency 0.
    uint8 currencyAt;
    // With OneUpToLimit: the greatest amount for a maker alone, in minor units; else 0.
    uint64 alone;
    // The greatest amount at all, in minor units; 0 if there is no amount.
    uint64 limit;
}

/// @notice What a maker wants done and a checker reads. Both sign it as typed data (EIP-712), and every field is shown to
/// them in words.
struct Instruction {
    // What the member calls the action, such as "issue a credit": part of its policy's key, so that it cannot be another.
    string action;
    // The contract that is called.
    address target;
    // ISO 4217 number, 0 for an action without a currency. The contract holds it to the call.
    uint16 currency;
    // Minor units, 0 for an action without an amount. The contract holds it to the call.
    uint256 amount;
    // Selector and arguments.
    bytes call;
    // Last second at which it may be carried out, Unix time.
    uint40 deadline;
    // Who proposes it. Signed too: otherwise a second maker could have carried out twice what a checker approved once.
    address maker;
    // The maker's own, in any order, each once. Numbers taken one after another cost least: 128 share a word.
    uint64 nonce;
}

/// @notice A person at a desk; all zero if it is nobody there.
struct Person {
    bool maker;
    bool checker;
    // Last second at which the person acts, Unix time.
    uint40 validUntil;
}

/// @title The account contract of a member that enforces four eyes.
/// @notice A maker proposes, a different checker approves, each by a transaction or by a signature that anyone may
/// relay; then the desk makes the call. For every other contract it is an account of the member like any other, with the
/// roles that the registry gives it. The member's administrators name its people and its policies; a desk may itself be
/// the member's administrator, and then that too takes four eyes.
///
/// What is signed is the typed data `Instruction` in the domain "Yangshan member desk", version "1", of the chain and
/// of this desk (ERC-5267). A signature is of 65 bytes, by a person's own key, in the lower half of the curve's order.
///
/// Messages for others to verify (ERC-1271) are signed as the typed data `DeskMessage(bytes32 hash)`, the maker's 65
/// bytes first and then the checker's. They are valid while the member has opened the policy of the desk itself as
/// target, the selector of isValidSignature, no currency, and the action "sign a message"; while both persons have
/// their hands; and while the desk is a live key of its member.
interface IMemberDesk is IERC1271, IERC5267 {
    /// @notice A person was named, changed or, with neither hand, dismissed.
    /// @param person The person's key.
    /// @param maker Whether it proposes.
    /// @param checker Whether it approves.
    /// @param validUntil Last second at which it acts.
    event PersonSet(address indexed person, bool maker, bool checker, uint40 validUntil);

    /// @notice A policy was set.
    /// @param target The contract that is called.
    /// @param selector The function that is called.
    /// @param currency ISO 4217 number, 0 for an action without a currency.
    /// @param action What the member calls it.
    /// @param policy The policy from now on.
    event PolicySet(
        address indexed target, bytes4 indexed selector, uint16 indexed currency, string action, Policy policy
    );

    /// @notice A maker proposed by a transaction.
    /// @param digest What a signature of the instruction would sign.
    /// @param maker The maker.
    /// @param instruction The instruction.
    event InstructionProposed(bytes32 indexed digest, address indexed maker, Instruction instruction);

    /// @notice An instruction was carried out.
    /// @param digest What a signature of the instruction would sign.
    /// @param maker The maker.
    /// @param checker The checker; zero where the maker was enough.
    /// @param nonce The maker's nonce.
    event InstructionExecuted(bytes32 indexed digest, address indexed maker, address indexed checker, uint64 nonce);

    /// @notice A nonce of a maker was used up: no instruction with it will be carried out.
    /// @param maker The maker.
    /// @param nonce The nonce.
    /// @param by Who did it.
    event NonceCancelled(address indexed maker, uint64 indexed nonce, address by);

    /// @notice Only an administrator of the member names its people and policies.
    /// @param memberId The caller's member.
    /// @param owner The desk's member.
    error NotOwnDesk(uint32 memberId, uint32 owner);

    /// @notice The person is nobody at this desk, may not act with this hand, or no longer acts.
    /// @param person The person.
    /// @param maker Whether a maker was needed, else a checker.
    error NoHand(address person, bool maker);

    /// @notice An instruction names its maker, and this is another.
    /// @param person Who proposed or signed; any address at all if what was signed is another text.
    /// @param maker The maker named.
    error NotTheMaker(address person, address maker);

    /// @notice The maker has neither signed the instruction nor proposed it, or its proposal was carried out.
    /// @param digest The instruction.
    error NotProposed(bytes32 digest);

    /// @notice One person cannot be both hands.
    /// @param person The person.
    error SamePerson(address person);

    /// @notice A policy without a sense: a closed one with anything in it, an action without a name, a currency or a
    /// limit without its place or the other way round, limits in the wrong order, or fewer than two hands for what the
    /// desk does to itself.
    /// @param policy The policy given.
    error BadPolicy(Policy policy);

    /// @notice The desk has no policy that lets it do this.
    /// @param target The contract.
    /// @param selector The function.
    /// @param currency ISO 4217 number.
    error ActionClosed(address target, bytes4 selector, uint16 currency);

    /// @notice The person is on record as the call would make it.
    /// @param person The person.
    error PersonUnchanged(address person);

    /// @notice The policy is on record as the call would make it.
    /// @param target The contract.
    /// @param selector The function.
    /// @param currency ISO 4217 number.
    error PolicyUnchanged(address target, bytes4 selector, uint16 currency);

    /// @notice What the instruction says of the amount or the currency is not what its call says.
    /// @param said What the instruction says.
    /// @param called What the call says; 0 where it says nothing.
    error InstructionMisstated(uint256 said, uint256 called);

    /// @notice The call ends before its selector or before what the policy wants read.
    /// @param length Its length in bytes.
    /// @param needed The least that it must have.
    error CallTooShort(uint256 length, uint256 needed);

    /// @notice The amount is beyond what the desk may do.
    /// @param amount The amount, minor units.
    /// @param limit The limit, minor units.
    error OverLimit(uint256 amount, uint256 limit);

    /// @notice The instruction's time is over.
    /// @param deadline Its last second.
    /// @param time The time of the block.
    error InstructionExpired(uint40 deadline, uint256 time);

    /// @notice The nonce was used or cancelled.
    /// @param maker The maker.
    /// @param nonce The nonce.
    error NonceUsed(address maker, uint64 nonce);

    /// @notice The instruction was proposed before.
    /// @param digest The instruction.
    error ProposedAlready(bytes32 digest);

    /// @notice A desk calls no address without a contract, and itself only to administer itself.
    /// @param target The address.
    error NotATarget(address target);

    /// @notice Names, changes or dismisses a person. Needs ADMINISTER of the desk's member.
    /// @param account The person's key.
    /// @param maker Whether it proposes.
    /// @param checker Whether it approves; a person may have both hands, though never in one instruction.
    /// @param validUntil Last second at which it acts, ahead of now; the greatest number for no end. Of no account for
    /// a person with neither hand.
    function setPerson(address account, bool maker, bool checker, uint40 validUntil) external;

    /// @notice Sets the policy of an action. Needs ADMINISTER of the desk's member.
    /// @param target The contract that is called; the desk itself only for setPerson, setPolicy, cancel and
    /// isValidSignature, and only with two hands.
    /// @param selector The function that is called.
    /// @param currency ISO 4217 number, 0 for an action without a currency.
    /// @param action What the member calls it; what its people read when they sign.
    /// @param decided The policy.
    function setPolicy(
        address target,
        bytes4 selector,
        uint16 currency,
        string calldata action,
        Policy calldata decided
    ) external;

    /// @notice Proposes by a transaction of its maker. What a policy forbids is refused already here.
    /// @param instruction The instruction.
    /// @return digest Its name.
    function propose(Instruction calldata instruction) external returns (bytes32 digest);

    /// @notice Approves and carries out. Anyone may relay what was signed. What the target refuses is refused in its
    /// own words, and nothing is used up then.
    /// @param instruction The instruction.
    /// @param makerSignature The maker's; empty if it proposed the instruction by a transaction, or is the caller.
    /// @param checkerSignature The checker's; empty if the caller is the checker, or the maker is enough.
    /// @return answer What the call returned.
    function execute(Instruction calldata instruction, bytes calldata makerSignature, bytes calldata checkerSignature)
        external
        returns (bytes memory answer);

    /// @notice Uses up a nonce. The maker itself may, every checker, and an administrator of the desk's member.
    /// @param maker The maker.
    /// @param nonce The nonce.
    function cancel(address maker, uint64 nonce) external;

    /// @notice What maker and checker sign.
    /// @param instruction The instruction.
    /// @return digest EIP-712 digest.
    function digestOf(Instruction calldata instruction) external view returns (bytes32 digest);

    /// @notice A person at the desk.
    /// @param account The person's key.
    /// @return What is on record.
    function person(address account) external view returns (Person memory);

    /// @notice The policy of an action.
    /// @param target The contract that is called.
    /// @param selector The function that is called.
    /// @param currency ISO 4217 number, 0 for an action without a currency.
    /// @param action What the member calls it.
    /// @return What is on record, all zero if it is closed.
    function policy(address target, bytes4 selector, uint16 currency, string calldata action)
        external
        view
        returns (Policy memory);

    /// @notice Who proposed an instruction by a transaction.
    /// @param digest The instruction.
    /// @return maker The maker, zero if nobody did or that proposal was carried out. Its nonce tells whether the
    /// instruction was cancelled, or carried out otherwise.
    function proposedBy(bytes32 digest) external view returns (address maker);

    /// @notice Whether a nonce was used or cancelled.
    /// @param maker The maker.
    /// @param nonce The nonce.
    /// @return Whether it was.
    function isUsed(address maker, uint64 nonce) external view returns (bool);

    /// @notice The member.
    /// @return Its number.
    function memberId() external view returns (uint32);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

/// @title The workshop in which the registry has desks made.
/// @notice Apart from the registry only because the code of a desk would not fit beside it.
interface IMemberDesks {
    /// @notice Only the registry has desks made.
    /// @param caller Who tried.
    error NotRegistry(address caller);

    /// @notice Creates a desk, at an address that nobody knows before the block.
    /// @param memberId Its member.
    /// @return desk The account contract.
    function create(uint32 memberId) external returns (address desk);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

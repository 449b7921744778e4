// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Admission, IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {IDirectory} from "interfaces/IDirectory.sol";

/// @notice What the council can decide on, and on nothing else.
enum Action {
    None,
    AdmitMember,
    SuspendMember,
    ReinstateMember,
    ExpelMember,
    RenewMember,
    BeginRecovery,
    SettleRecovery,
    ChangeRules,
    AppointKeeper,
    RegisterVersion,
    CloseEdition,
    PauseNewBusiness,
    ResumeNewBusiness
}

/// @notice How the council decides, in one word.
struct VotingRules {
    // The votes of a founder by its kind: byte k, counted from the lowest, for the kind k. At least 1 for each founder.
    uint128 weights;
    // Of all votes at the proposal's start, how many in a hundred must be in favour; more than half.
    uint8 quorum;
    // How long votes are taken, and how long a passed proposal can be executed; seconds.
    uint32 votingPeriod;
    // How long a passed proposal waits where the action is one that waits; seconds.
    uint32 executionDelay;
}

/// @notice What is proposed. The fields that its action needs are given, and no other; a struct is given if any part of
/// it is not zero.
struct Motion {
    Action action;
    // Every action on a member, and the calendar keeper.
    uint32 memberId;
    // RenewMember: last second of new business. PauseNewBusiness: last second of the pause. Unix time.
    uint40 until;
    // BeginRecovery, SettleRecovery: the administrator. RegisterVersion: the contract.
    address account;
    // RegisterVersion: the contract's name, ASCII.
    bytes32 name;
    // CloseEdition.
    uint8 edition;
    // ChangeRules.
    VotingRules rules;
    // AdmitMember.
    Admission admission;
    // Salted commitment to the minutes; tells equal motions apart.
    bytes32 resolution;
}

/// @notice Where a proposal stands.
enum ProposalState {
    None,
    // Votes are taken.
    Open,
    // Decided, and waiting for its time or its execution.
    Passed,
    // So many are against that it cannot pass.
    Defeated,
    // Its time to be voted on or to be executed is over, or the rules changed while votes were taken.
    Lapsed,
    Cancelled,
    Executed
}

/// @notice A proposal as it stands.
struct Proposal {
    ProposalState state;
    Action action;
    // The member that proposed it.
    uint32 proposer;
    // The founders that may vote on it, fixed at its start: bit n - 1 for the member n.
    uint32 eligible;
    // The founders that have voted.
    uint32 voted;
    // Votes in favour and against.
    uint16 inFavour;
    uint16 against;
    // Votes of all who may vote, and how many must be in favour.
    uint16 total;
    uint16 needed;
    // Last second of the vote, Unix time; 0 once it has passed.
    uint40 deadline;
    // From when on it can be executed, and until when, Unix time; 0 before it has passed.
    uint40 executableFrom;
    uint40 executableUntil;
}

/// @title The council of the founders.
/// @notice The immutable governor of the registry, the calendars' keeper and the directory. No record of any instrument
/// is within its reach. Founders vote with the weight of their kind; who may vote on a proposal, and how many votes it
/// needs, is fixed when it is made.
///
/// ```
/// row  from          act                                             to
/// C1   none          propose (a founder; counts as its vote)         open, or passed if that is enough
/// C2   open          vote, and the votes needed are in favour        passed
/// C3   open          vote, and so many are against                   defeated (a view of the votes)
/// C4   open          the deadline passes, or the rules change        lapsed (a view of time and rules)
/// C5   open, passed  cancel (the member that proposed)               cancelled
/// C6   passed        execute (a founder), in its time                executed
/// C7   passed        its time passes                                 lapsed (a view of time)
/// ```
///
/// ExpelMember, ChangeRules, SettleRecovery, and SuspendMember of a founder, need two thirds of all votes, or the quorum
/// if that is more. ExpelMember, BeginRecovery, ChangeRules, AppointKeeper, RegisterVersion and CloseEdition wait out the
/// execution delay; what admits, renews, suspends, reinstates, settles, pauses or resumes does not.
interface IAllianceCouncil {
    /// @notice A founder made a proposal, and thereby voted for it.
    /// @param proposalId Derived from the motion.
    /// @param founder The founder.
    /// @param motion What it would do.
    /// @param eligible The founders that may vote on it: bit n - 1 for the member n.
    /// @param total Votes of all of them.
    /// @param needed How many must be in favour.
    /// @param deadline Last second of the vote, Unix time.
    event ProposalMade(
        bytes32 indexed proposalId,
        uint32 indexed founder,
        Motion motion,
        uint32 eligible,
        uint16 total,
        uint16 needed,
        uint40 deadline
    );

    /// @notice A founder voted.
    /// @param proposalId The proposal.
    /// @param founder The founder.
    /// @param inFavour Whether in favour.
    /// @param weight Its votes.
    event VoteCast(bytes32 indexed proposalId, uint32 indexed founder, bool inFavour, uint16 weight);

    /// @notice A proposal has the votes that it needs.
    /// @param proposalId The proposal.
    /// @param executableFrom From when on it can be executed, Unix time.
    /// @param executableUntil Until when it can.
    event ProposalPassed(bytes32 indexed proposalId, uint40 executableFrom, uint40 executableUntil);

    /// @notice The member that made a proposal took it back.
    /// @param proposalId The proposal.
    /// @param founder The founder.
    event ProposalCancelled(bytes32 indexed proposalId, uint32 indexed founder);

    /// @notice A proposal took effect.
    /// @param proposalId The proposal.
    /// @param action What it did.
    /// @param result The number of the member admitted or of the version registered, else 0.
    event ProposalExecuted(bytes32 indexed proposalId, Action indexed action, uint256 result);

    /// @notice The rules of voting changed; what was being voted on has lapsed.
    /// @param rules The rules from now on.
    event VotingRulesChanged(VotingRules rules);

    /// @notice Only founders sit in the council.
    /// @param memberId The caller's member.
    error NotAFounder(uint32 memberId);

    /// @notice The founder was not in standing when the proposal was made.
    /// @param proposalId The proposal.
    /// @param founder The founder.
    error NotEligible(bytes32 proposalId, uint32 founder);

    /// @notice The founder has voted on this proposal before.
    /// @param proposalId The proposal.
    /// @param founder The founder.
    error VotedAlready(bytes32 proposalId, uint32 founder);

    /// @notice Only the member that made a proposal takes it back.
    /// @param proposalId The proposal.
    /// @param founder The caller's member.
    /// @param proposer The member that made it.
    error NotProposer(bytes32 proposalId, uint32 founder, uint32 proposer);

    /// @notice The proposal is not in the state that the act needs.
    /// @param proposalId The proposal.
    /// @param actual Its state.
    /// @param expected The state it would need.
    error WrongProposalState(bytes32 proposalId, ProposalState actual, ProposalState expected);

    /// @notice The proposal passed, and waits out its delay.
    /// @param proposalId The proposal.
    /// @param executableFrom From when on it can be executed, Unix time.
    /// @param time The time of the block.
    error ExecutionDelayed(bytes32 proposalId, uint40 executableFrom, uint256 time);

    /// @notice The motion lacks what its action needs, or gives what it does not need.
    /// @param action The action.
    /// @param given The fields given, a bit each: memberId, until, account, name, edition, rules, admission from bit 0.
    /// @param needed The fields that the action needs.
    error BadMotion(Action action, uint256 given, uint256 needed);

    /// @notice Rules under which a founder would have no vote, half of the votes would do, or the times are out of
    /// bounds: an hour to a year for the voting period, at most 90 days for the delay.
    /// @param rules The rules given.
    error BadVotingRules(VotingRules rules);

    /// @notice The recovery of the member that is under way is for another administrator than the one voted on.
    /// @param memberId The member.
    /// @param decided The administrator voted on.
    /// @param current The administrator of the recovery under way, zero if none is.
    error RecoveryOfAnother(uint32 memberId, address decided, address current);

    /// @notice No contract of the directory bears the edition, so that there is nothing to close.
    /// @param edition The edition.
    error EditionOfNobody(uint8 edition);

    /// @notice Makes a proposal and votes for it. Needs VOTE, a founder's in standing.
    /// @param motion What it would do.
    /// @return proposalId The proposal.
    function propose(Motion calldata motion) external returns (bytes32 proposalId);

    /// @notice Votes on a proposal, once. Needs VOTE, a founder's in standing now and when it was made.
    /// @param proposalId The proposal.
    /// @param inFavour Whether in favour.
    function vote(bytes32 proposalId, bool inFavour) external;

    /// @notice Takes a proposal back. Needs VOTE, a founder's in standing, that of the one that made it.
    /// @param proposalId The proposal.
    function cancel(bytes32 proposalId) external;

    /// @notice Carries out a proposal that has passed. Needs VOTE, a founder's in standing.
    /// @param motion What was proposed.
    /// @return result The number of the member admitted or of the version registered, else 0.
    function execute(Motion calldata motion) external returns (uint256 result);

    /// @notice A proposal as it stands.
    /// @param proposalId The proposal.
    /// @return What is on record, its state as of now.
    function proposal(bytes32 proposalId) external view returns (Proposal memory);

    /// @notice The number under which a motion is proposed.
    /// @param motion What it would do.
    /// @return proposalId The proposal.
    function proposalIdOf(Motion calldata motion) external pure returns (bytes32 proposalId);

    /// @notice The rules of voting.
    /// @return What is in force.
    function votingRules() external view returns (VotingRules memory);

    /// @notice The votes of a founder.
    /// @param founder The founder's number.
    /// @return weight Its votes under the rules in force, 0 if it is none.
    function weightOf(uint32 founder) external view returns (uint16 weight);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The banking calendars.
    /// @return The contract.
    function calendar() external view returns (IBankingCalendar);

    /// @notice The directory of contracts.
    /// @return The contract.
    function directory() external view returns (IDirectory);
}

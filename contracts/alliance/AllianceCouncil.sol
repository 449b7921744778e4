// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {Action, IAllianceCouncil, Motion, Proposal, ProposalState, VotingRules} from "interfaces/IAllianceCouncil.sol";
import {Admission, IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {IDirectory} from "interfaces/IDirectory.sol";

/// @title The council of the founders.
/// @notice See IAllianceCouncil.
contract AllianceCouncil is IAllianceCouncil {
    /* CONSTANTS */

    uint256 private constant BITS_OF_KIND = 4;

    uint256 private constant SHORTEST_VOTE = 1 hours;
    uint256 private constant LONGEST_VOTE = 365 days;
    uint256 private constant LONGEST_DELAY = 90 days;

    /// @dev What needs two thirds of all votes, whomever it is about, and what waits out the execution delay: a bit for
    /// each action.
    uint256 private constant GRAVE =
        (1 << uint8(Action.ExpelMember)) | (1 << uint8(Action.ChangeRules)) | (1 << uint8(Action.SettleRecovery));
    uint256 private constant WAITING = (1 << uint8(Action.ExpelMember)) | (1 << uint8(Action.BeginRecovery))
        | (1 << uint8(Action.ChangeRules)) | (1 << uint8(Action.AppointKeeper)) | (1 << uint8(Action.RegisterVersion))
        | (1 << uint8(Action.CloseEdition));

    /// @dev The fields of a motion, a bit each.
    uint256 private constant MEMBER = 1 << 0;
    uint256 private constant UNTIL = 1 << 1;
    uint256 private constant ACCOUNT = 1 << 2;
    uint256 private constant NAME = 1 << 3;
    uint256 private constant EDITION = 1 << 4;
    uint256 private constant RULES = 1 << 5;
    uint256 private constant ADMISSION = 1 << 6;

    /* IMMUTABLES */

    /// @inheritdoc IAllianceCouncil
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IAllianceCouncil
    IBankingCalendar public immutable calendar;

    /// @inheritdoc IAllianceCouncil
    IDirectory public immutable directory;

    uint256 private immutable _founders;

    /// @dev The kinds of the founders, four bits each, the first in the lowest.
    uint256 private immutable _kinds;

    /* STORAGE */

    /// @dev One word.
    struct Record {
        ProposalState state;
        Action action;
        uint8 proposer;
        uint32 eligible;
        uint32 voted;
        uint16 inFavour;
        uint16 against;
        uint16 total;
        uint16 needed;
        // Of the vote while it is open, then the first second of execution.
        uint40 time;
        // The rules under which votes are taken; once it has passed, of no more use.
        uint16 rules;
        // Where it has passed: how long it can be executed, seconds.
        uint32 period;
    }

    mapping(bytes32 proposalId => Record) private _proposals;

    /// @dev One word: the fields of VotingRules, and a count of their changes, so that no vote mixes the weights of two.
    struct StoredRules {
        uint128 weights;
        uint8 quorum;
        uint32 votingPeriod;
        uint32 executionDelay;
        uint16 version;
    }

    StoredRules private _rules;

    /* CONSTRUCTOR */

    /// @notice Seats the council of the founders that the registry has.
    /// @param registry_ The register of members, already founded.
    /// @param calendar_ The banking calendars.
    /// @param directory_ The directory of contracts.
    /// @param rules How the council decides.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        IDirectory directory_,
        VotingRules memory rules
    ) {
        registry = registry_;
        calendar = calendar_;
        directory = directory_;
        uint256 founders = registry_.founders();
        uint256 kinds;
        for (uint256 i; i < founders; ++i) {
            kinds |= uint256(registry_.member(uint32(i + 1)).kind) << BITS_OF_KIND * i;
        }
        _founders = founders;
        _kinds = kinds;
        _setRules(rules, founders, kinds);
    }

    /* DECISIONS */

    /// @inheritdoc IAllianceCouncil
    function propose(Motion calldata motion) external returns (bytes32 proposalId) {
        uint32 founder = _founder();
        _requireFitting(motion);
        proposalId = proposalIdOf(motion);
        Record storage record = _proposals[proposalId];
        _requireState(proposalId, _stateOf(record), ProposalState.None);

        uint32 eligible = registry.activeFounders();
        uint256 total = _votesOf(eligible);
        uint256 needed = (total * _rules.quorum + 99) / 100;
        if (_isGrave(motion)) {
            uint256 twoThirds = (total * 2 + 2) / 3;
            if (twoThirds > needed) needed = twoThirds;
        }
        uint40 deadline = uint40(block.timestamp) + _rules.votingPeriod;
        record.state = ProposalState.Open;
        record.action = motion.action;
        record.proposer = uint8(founder);
        record.eligible = eligible;
        record.total = uint16(total);
        record.needed = uint16(needed);
        record.time = deadline;
        record.rules = _rules.version;
        emit ProposalMade(proposalId, founder, motion, eligible, uint16(total), uint16(needed), deadline);
        _vote(record, proposalId, founder, true);
    }

    /// @inheritdoc IAllianceCouncil
    function vote(bytes32 proposalId, bool inFavour) external {
        uint32 founder = _founder();
        Record storage record = _proposals[proposalId];
        _requireState(proposalId, _stateOf(record), ProposalState.Open);
        _vote(record, proposalId, founder, inFavour);
    }

    /// @inheritdoc IAllianceCouncil
    function cancel(bytes32 proposalId) external {
        uint32 founder = _founder();
        Record storage record = _proposals[proposalId];
        ProposalState state = _stateOf(record);
        if (state != ProposalState.Passed) _requireState(proposalId, state, ProposalState.Open);
        if (founder != record.proposer) revert NotProposer(proposalId, founder, record.proposer);

        record.state = ProposalState.Cancelled;
        emit ProposalCancelled(proposalId, founder);
    }

    /// @inheritdoc IAllianceCouncil
    function execute(Motion calldata motion) external returns (uint256 result) {
        _founder();
        bytes32 proposalId = proposalIdOf(motion);
        Record storage record = _proposals[proposalId];
        _requireState(proposalId, _stateOf(record), ProposalState.Passed);
        if (block.timestamp < record.time) revert ExecutionDelayed(proposalId, record.time, block.timestamp);

        record.state = ProposalState.Executed;
        result = _carryOut(motion);
        emit ProposalExecuted(proposalId, motion.action, result);
    }

    /* VIEWS */

    /// @inheritdoc IAllianceCouncil
    function proposal(bytes32 proposalId) external view returns (Proposal memory) {
        Record storage record = _proposals[proposalId];
        bool passed = record.period != 0;
        return Proposal({
            state: _stateOf(record),
            action: record.action,
            proposer: record.proposer,
            eligible: record.eligible,
            voted: record.voted,
            inFavour: record.inFavour,
            against: record.against,
            total: record.total,
            needed: record.needed,
            deadline: passed ? 0 : record.time,
            executableFrom: passed ? record.time : 0,
            executableUntil: passed ? record.time + record.period : 0
        });
    }

    /// @inheritdoc IAllianceCouncil
    function proposalIdOf(Motion calldata motion) public pure returns (bytes32 proposalId) {
        return keccak256(abi.encode(motion));
    }

    /// @inheritdoc IAllianceCouncil
    function votingRules() external view returns (VotingRules memory) {
        return VotingRules({
            weights: _rules.weights,
            quorum: _rules.quorum,
            votingPeriod: _rules.votingPeriod,
            executionDelay: _rules.executionDelay
        });
    }

    /// @inheritdoc IAllianceCouncil
    function weightOf(uint32 founder) external view returns (uint16 weight) {
        if (founder == 0 || founder > _founders) return 0;
        return _weight(_rules.weights, _kinds, founder - 1);
    }

    /* INTERNALS: VOTES */

    /// @dev Voting is new business: a founder that may take none has no voice. No pause of business stops a vote, or
    /// none could be ended.
    function _founder() private view returns (uint32 memberId) {
        memberId = registry.memberInStanding(msg.sender, Roles.VOTE);
        if (memberId > _founders) revert NotAFounder(memberId);
    }

    function _vote(Record storage record, bytes32 proposalId, uint32 founder, bool inFavour) private {
        uint32 bit = uint32(1) << (founder - 1);
        if (record.eligible & bit == 0) revert NotEligible(proposalId, founder);
        if (record.voted & bit != 0) revert VotedAlready(proposalId, founder);

        uint16 weight = _weight(_rules.weights, _kinds, founder - 1);
        record.voted |= bit;
        emit VoteCast(proposalId, founder, inFavour, weight);
        if (!inFavour) {
            record.against += weight;
            return;
        }
        record.inFavour += weight;
        if (record.inFavour < record.needed) return;
        uint40 from = uint40(block.timestamp);
        if (WAITING >> uint8(record.action) & 1 != 0) from += _rules.executionDelay;
        record.state = ProposalState.Passed;
        record.time = from;
        record.period = _rules.votingPeriod;
        emit ProposalPassed(proposalId, from, from + _rules.votingPeriod);
    }

    function _votesOf(uint32 eligible) private view returns (uint256 total) {
        uint128 weights = _rules.weights;
        for (uint256 i; i < _founders; ++i) {
            if (eligible >> i & 1 != 0) total += _weight(weights, _kinds, i);
        }
    }

    /// @dev `place` counts the founders from 0.
    function _weight(uint128 weights, uint256 kinds, uint256 place) private pure returns (uint16) {
        return uint8(weights >> 8 * (kinds >> BITS_OF_KIND * place & 0xf));
    }

    function _stateOf(Record storage record) private view returns (ProposalState state) {
        state = record.state;
        if (state == ProposalState.Open) {
            if (record.against > record.total - record.needed) return ProposalState.Defeated;
            if (record.rules != _rules.version || block.timestamp > record.time) return ProposalState.Lapsed;
        } else if (state == ProposalState.Passed && block.timestamp > record.time + record.period) {
            return ProposalState.Lapsed;
        }
    }

    function _requireState(bytes32 proposalId, ProposalState actual, ProposalState expected) private pure {
        if (actual != expected) revert WrongProposalState(proposalId, actual, expected);
    }

    /* INTERNALS: MOTIONS */

    function _requireFitting(Motion calldata motion) private view {
        uint256 given;
        if (motion.memberId != 0) given |= MEMBER;
        if (motion.until != 0) given |= UNTIL;
        if (motion.account != address(0)) given |= ACCOUNT;
        if (motion.name != 0) given |= NAME;
        if (motion.edition != 0) given |= EDITION;
        if (_isGiven(motion.rules)) given |= RULES;
        if (_isGiven(motion.admission)) given |= ADMISSION;
        uint256 needed = _needs(motion.action);
        if (given != needed || motion.action == Action.None) revert BadMotion(motion.action, given, needed);
        if (motion.action == Action.ChangeRules) _requireSound(motion.rules, _founders, _kinds);
    }

    function _needs(Action action) private pure returns (uint256) {
        if (action == Action.AdmitMember) return ADMISSION;
        if (action == Action.RenewMember) return MEMBER | UNTIL;
        if (action == Action.BeginRecovery || action == Action.SettleRecovery) return MEMBER | ACCOUNT;
        if (action == Action.ChangeRules) return RULES;
        if (action == Action.RegisterVersion) return ACCOUNT | NAME;
        if (action == Action.CloseEdition) return EDITION;
        if (action == Action.PauseNewBusiness) return UNTIL;
        if (action == Action.ResumeNewBusiness || action == Action.None) return 0;
        return MEMBER;
    }

    /// @dev Any part of it shows in what is voted on.
    function _isGiven(VotingRules calldata rules) private pure returns (bool) {
        return rules.weights | rules.quorum | rules.votingPeriod | rules.executionDelay != 0;
    }

    function _isGiven(Admission calldata admission) private pure returns (bool) {
        return uint160(admission.treasury) | uint160(admission.administrator) | admission.validUntil
                | admission.calendar | uint16(admission.country) | uint8(admission.kind) | uint256(admission.identity)
            != 0;
    }

    /// @dev A bare majority that suspended the other founders would have two thirds of what is left.
    function _isGrave(Motion calldata motion) private view returns (bool) {
        return GRAVE >> uint8(motion.action) & 1 != 0
            || (motion.action == Action.SuspendMember && motion.memberId <= _founders);
    }

    function _carryOut(Motion calldata motion) private returns (uint256) {
        Action action = motion.action;
        if (action == Action.AdmitMember) return registry.admit(motion.admission);
        if (action == Action.RegisterVersion) return directory.register(motion.name, motion.account);
        if (action == Action.SuspendMember) registry.suspend(motion.memberId);
        else if (action == Action.ReinstateMember) registry.reinstate(motion.memberId);
        else if (action == Action.ExpelMember) registry.expel(motion.memberId);
        else if (action == Action.RenewMember) registry.renew(motion.memberId, motion.until);
        else if (action == Action.BeginRecovery) registry.beginRecovery(motion.memberId, motion.account);
        else if (action == Action.SettleRecovery) _settleRecovery(motion.memberId, motion.account);
        else if (action == Action.ChangeRules) _setRules(motion.rules, _founders, _kinds);
        else if (action == Action.AppointKeeper) calendar.appoint(motion.memberId);
        else if (action == Action.CloseEdition) _closeEdition(motion.edition);
        else if (action == Action.PauseNewBusiness) registry.pauseNewBusiness(motion.until);
        else registry.resumeNewBusiness();
        return 0;
    }

    /// @dev What was voted on is this administrator. The recovery may have been begun anew since, with another.
    function _settleRecovery(uint32 memberId, address administrator) private {
        address current = registry.recoveryOf(memberId).administrator;
        if (current != administrator) revert RecoveryOfAnother(memberId, administrator, current);
        registry.settleRecovery(memberId);
    }

    /// @dev A contract that came to bear a closed edition would never take a record.
    function _closeEdition(uint8 edition) private {
        if (directory.bearerOf(edition) == address(0)) revert EditionOfNobody(edition);
        registry.closeEdition(edition);
    }

    function _setRules(VotingRules memory rules, uint256 founders, uint256 kinds) private {
        _requireSound(rules, founders, kinds);
        _rules = StoredRules({
            weights: rules.weights,
            quorum: rules.quorum,
            votingPeriod: rules.votingPeriod,
            executionDelay: rules.executionDelay,
            version: _rules.version + 1
        });
        emit VotingRulesChanged(rules);
    }

    /// @dev Every founder has a vote, so that the council can decide as long as one of them is active, which the registry
    /// sees to.
    function _requireSound(VotingRules memory rules, uint256 founders, uint256 kinds) private pure {
        bool sound = rules.quorum > 50 && rules.quorum <= 100 && rules.votingPeriod >= SHORTEST_VOTE
            && rules.votingPeriod <= LONGEST_VOTE && rules.executionDelay <= LONGEST_DELAY;
        for (uint256 i; i < founders; ++i) {
            if (_weight(rules.weights, kinds, i) == 0) sound = false;
        }
        if (!sound) revert BadVotingRules(rules);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceCouncil, Proposal, ProposalState} from "interfaces/IAllianceCouncil.sol";
import {Admission, IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @title The council of the founders: m of n admit a member.
/// @notice See IAllianceCouncil.
contract AllianceCouncil is IAllianceCouncil {
    /* CONSTANTS */

    /// @dev One bit a founder in a proposal's word.
    uint256 private constant MOST_FOUNDERS = 127;

    /* IMMUTABLES */

    /// @inheritdoc IAllianceCouncil
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IAllianceCouncil
    uint8 public immutable founders;

    /// @inheritdoc IAllianceCouncil
    uint8 public immutable threshold;

    /* STORAGE */

    mapping(bytes32 proposalId => Proposal) private _proposals;

    /* CONSTRUCTOR */

    /// @notice Seats the council.
    /// @param registry_ The register of members.
    /// @param founders_ How many founders there are: the members numbered from 1 to this.
    /// @param threshold_ How many of them decide.
    constructor(IAllianceRegistry registry_, uint8 founders_, uint8 threshold_) {
        if (threshold_ == 0 || threshold_ > founders_ || founders_ > MOST_FOUNDERS) {
            revert UnreachableThreshold(threshold_, founders_);
        }
        registry = registry_;
        founders = founders_;
        threshold = threshold_;
    }

    /* DECISIONS */

    /// @inheritdoc IAllianceCouncil
    function propose(Admission calldata admission, bytes32 salt) external returns (bytes32 proposalId) {
        uint32 founder = _founder();
        proposalId = proposalIdOf(admission, salt);
        Proposal storage found = _proposals[proposalId];
        _requireState(proposalId, found.state, ProposalState.None);

        found.state = ProposalState.Open;
        emit AdmissionProposed(proposalId, founder, admission, salt);
        _approve(found, proposalId, founder);
    }

    /// @inheritdoc IAllianceCouncil
    function approve(bytes32 proposalId) external {
        uint32 founder = _founder();
        Proposal storage found = _proposals[proposalId];
        _requireState(proposalId, found.state, ProposalState.Open);
        _approve(found, proposalId, founder);
    }

    /// @inheritdoc IAllianceCouncil
    function execute(Admission calldata admission, bytes32 salt) external returns (uint32 memberId) {
        _founder();
        bytes32 proposalId = proposalIdOf(admission, salt);
        Proposal storage found = _proposals[proposalId];
        _requireState(proposalId, found.state, ProposalState.Open);
        if (found.approvals < threshold) revert NotEnoughApprovals(proposalId, found.approvals, threshold);

        found.state = ProposalState.Executed;
        memberId = registry.admit(admission);
        emit ProposalExecuted(proposalId, memberId);
    }

    /* VIEWS */

    /// @inheritdoc IAllianceCouncil
    function proposal(bytes32 proposalId) external view returns (Proposal memory) {
        return _proposals[proposalId];
    }

    /// @inheritdoc IAllianceCouncil
    function proposalIdOf(Admission calldata admission, bytes32 salt) public pure returns (bytes32 proposalId) {
        return keccak256(abi.encode(admission, salt));
    }

    /* INTERNALS */

    /// @dev Voting is new business: a founder that may take none has no voice.
    function _founder() private view returns (uint32 memberId) {
        memberId = registry.tradingMember(msg.sender, Roles.VOTE, 0);
        if (memberId > founders) revert NotAFounder(memberId);
    }

    function _approve(Proposal storage found, bytes32 proposalId, uint32 founder) private {
        uint128 bit = uint128(1) << founder;
        if (found.approvedBy & bit != 0) revert ApprovedAlready(proposalId, founder);
        found.approvedBy |= bit;
        ++found.approvals;
        emit ProposalApproved(proposalId, founder);
    }

    function _requireState(bytes32 proposalId, ProposalState actual, ProposalState expected) private pure {
        if (actual != expected) revert WrongProposalState(proposalId, actual, expected);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Admission, IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @notice Where a proposal stands.
enum ProposalState {
    None,
    Open,
    Executed
}

/// @notice A proposal as it stands.
struct Proposal {
    ProposalState state;
    // How many founders approve.
    uint8 approvals;
    // The founders that approve, by member number, a bit each.
    uint128 approvedBy;
}

/// @title The council of the founders: m of n admit a member.
/// @notice The registry's immutable governor. It decides on admissions and on nothing else: no record of any
/// instrument is within its reach.
interface IAllianceCouncil {
    /// @notice A founder proposed to admit a member, and thereby approved it.
    /// @param proposalId Derived from the admission and the salt.
    /// @param founder The founder.
    /// @param admission What it would admit.
    /// @param salt Tells equal admissions apart.
    event AdmissionProposed(bytes32 indexed proposalId, uint32 indexed founder, Admission admission, bytes32 salt);

    /// @notice A founder approved a proposal.
    /// @param proposalId The proposal.
    /// @param founder The founder.
    event ProposalApproved(bytes32 indexed proposalId, uint32 indexed founder);

    /// @notice A proposal with enough approvals took effect.
    /// @param proposalId The proposal.
    /// @param memberId The member it admitted.
    event ProposalExecuted(bytes32 indexed proposalId, uint32 indexed memberId);

    /// @notice Only founders sit in the council.
    /// @param memberId The caller's member.
    error NotAFounder(uint32 memberId);

    /// @notice The proposal is not in the state that the act needs.
    /// @param proposalId The proposal.
    /// @param actual Its state.
    /// @param expected The state it would need.
    error WrongProposalState(bytes32 proposalId, ProposalState actual, ProposalState expected);

    /// @notice The founder has approved this proposal before.
    /// @param proposalId The proposal.
    /// @param founder The founder.
    error ApprovedAlready(bytes32 proposalId, uint32 founder);

    /// @notice Too few founders approve.
    /// @param proposalId The proposal.
    /// @param approvals How many do.
    /// @param needed How many must.
    error NotEnoughApprovals(bytes32 proposalId, uint256 approvals, uint256 needed);

    /// @notice The council could never decide, or would decide with nobody's approval.
    /// @param threshold Approvals needed.
    /// @param founders Founders there are.
    error UnreachableThreshold(uint256 threshold, uint256 founders);

    /// @notice Proposes to admit a member and approves it. Needs VOTE, a founder's.
    /// @param admission What it would admit.
    /// @param salt Tells equal admissions apart.
    /// @return proposalId The proposal.
    function propose(Admission calldata admission, bytes32 salt) external returns (bytes32 proposalId);

    /// @notice Approves a proposal. Needs VOTE, a founder's.
    /// @param proposalId The proposal.
    function approve(bytes32 proposalId) external;

    /// @notice Carries out a proposal that enough founders approve. Needs VOTE, a founder's.
    /// @param admission What was proposed.
    /// @param salt What was proposed.
    /// @return memberId The member admitted.
    function execute(Admission calldata admission, bytes32 salt) external returns (uint32 memberId);

    /// @notice A proposal as it stands.
    /// @param proposalId The proposal.
    /// @return What is on record.
    function proposal(bytes32 proposalId) external view returns (Proposal memory);

    /// @notice The number under which an admission is proposed.
    /// @param admission What it would admit.
    /// @param salt Tells equal admissions apart.
    /// @return proposalId The proposal.
    function proposalIdOf(Admission calldata admission, bytes32 salt) external pure returns (bytes32 proposalId);

    /// @notice How many approvals a proposal needs.
    /// @return The count.
    function threshold() external view returns (uint8);

    /// @notice How many founders there are: the members numbered from 1 to this.
    /// @return The count.
    function founders() external view returns (uint8);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

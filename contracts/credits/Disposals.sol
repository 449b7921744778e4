// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {PartiesWord} from "contracts/libraries/CreditWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord} from "contracts/libraries/PresentationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {ICreditTransfers} from "interfaces/ICreditTransfers.sol";
import {IDisposals, PresenterInstruction} from "interfaces/IDisposals.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPresentations, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";

/// @title Disposals: what becomes of the documents, and what follows where a bank does not do as its refusal says.
/// @notice See IDisposals.
contract Disposals is IDisposals {
    /// @dev Of what another bank honoured, or a second beneficiary has its part of.
    uint256 private constant GOES_ON = PresentationMarks.COUNTED | PresentationMarks.TRANSFERRED;

    /* IMMUTABLES */

    /// @inheritdoc IDisposals
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IDisposals
    ILetterOfCredit public immutable credits;

    /// @inheritdoc IDisposals
    IPresentations public immutable presentations;

    /// @inheritdoc IDisposals
    IForwarding public immutable forwardings;

    /// @inheritdoc IDisposals
    ICreditTransfers public immutable transfers;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param credits_ The credits.
    /// @param presentations_ The presentations.
    /// @param forwardings_ The contract by which documents pass from bank to bank.
    /// @param transfers_ The transfers of credits.
    constructor(
        IAllianceRegistry registry_,
        ILetterOfCredit credits_,
        IPresentations presentations_,
        IForwarding forwardings_,
        ICreditTransfers transfers_
    ) {
        registry = registry_;
        credits = credits_;
        presentations = presentations_;
        forwardings = forwardings_;
        transfers = transfers_;
    }

    /* INSTRUCTIONS AND RETURN */

    /// @inheritdoc IDisposals
    function instruct(PresentationKey calldata key, PresenterInstruction instruction, bytes32 message) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        if (memberId != key.presenter) revert IPresentations.NotPresenter(key.presenter, memberId);
        PresentationState current = word.state();
        if (instruction == PresenterInstruction.Beforehand && current == PresentationState.Lodged) {
            word = word.with(PresentationMarks.INSTRUCTED);
        } else if (instruction == PresenterInstruction.TakeUp && current == PresentationState.Refused) {
            word = word.with(PresentationMarks.TAKE_UP);
        } else if (instruction == PresenterInstruction.Return && current == PresentationState.Refused) {
            word = word.inState(PresentationState.ReturnDue);
        } else if (
            instruction == PresenterInstruction.Release
                && (current == PresentationState.Refused || current == PresentationState.ReturnDue)
        ) {
            word = word.inState(PresentationState.Released);
            _close(key, presentationId, word);
        } else {
            revert InstructionNotOpen(presentationId, instruction, current);
        }

        _put(presentationId, word);
        emit PresenterInstructed(presentationId, key.presenter, instruction, message);
    }

    /// @inheritdoc IDisposals
    function recordReturn(PresentationKey calldata key, bytes32 dispatch) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        PresentationState current = word.state();
        if (current != PresentationState.Refused && current != PresentationState.ReturnDue) {
            bool cameBack = current == PresentationState.Forwarded && forwardings.isUnsent(presentationId);
            if (!cameBack) _refuseState(presentationId, current, PresentationState.Refused);
        }

        _put(presentationId, word.inState(PresentationState.Returned));
        emit DocumentsReturned(presentationId, key.examiner, dispatch);
        if (word.isUnderPart()) _close(key, presentationId, word);
    }

    /* RELEASE AND BREACH */

    /// @inheritdoc IDisposals
    function releaseToApplicant(PresentationKey calldata key, bytes32 receipt) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        PresentationState current = word.state();
        bool rightful = word.isHonoured() || current == PresentationState.Released;
        if (!rightful && current != PresentationState.Refused && current != PresentationState.ReturnDue) {
            _refuseState(presentationId, current, PresentationState.Complying);
        }
        if (word.has(PresentationMarks.RELEASED)) revert ReleasedAlready(presentationId);

        word = word.with(PresentationMarks.RELEASED);
        if (rightful) _put(presentationId, word);
        else _preclude(key, presentationId, word, key.examiner, receipt);
        emit DocumentsReleased(presentationId, key.examiner, rightful, receipt);
    }

    /// @inheritdoc IDisposals
    function stateBreach(PresentationKey calldata key, bytes32 evidence) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        _preclude(key, presentationId, word, key.examiner, evidence);
    }

    /// @inheritdoc IDisposals
    function findInBreach(PresentationKey calldata key, bytes32 ruling) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.COURT);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        (uint256 found,) = credits.bindingWords(key.creditId, 0);
        PartiesWord parties = PartiesWord.wrap(found);
        if (parties.includes(memberId) || memberId == key.presenter) revert PartyCannotRule(presentationId, memberId);
        _preclude(key, presentationId, word, memberId, ruling);
    }

    /* INTERNALS */

    /// @dev UCP 600 art. 16(f): the bank did not act as its disposal statement says. What is counted as drawn, or came from a
    /// part, can be forwarded anew once it goes back, and would then be owed twice; whoever has its titles back is not paid as
    /// well.
    function _preclude(
        PresentationKey calldata key,
        bytes32 presentationId,
        PresentationWord word,
        uint32 recordedBy,
        bytes32 evidence
    ) private {
        PresentationState current = word.state();
        bool goesBack = current == PresentationState.ReturnDue || current == PresentationState.Returned;
        bool again = goesBack && !word.has(GOES_ON) && word.titles() == 0;
        if (current != PresentationState.Refused && !again) {
            _refuseState(presentationId, current, PresentationState.Refused);
        }
        if (word.has(PresentationMarks.UNBOUND)) revert IPresentations.BankNotBound(presentationId, key.examiner);

        _put(presentationId, word.inState(PresentationState.Precluded));
        emit DisposalBreached(presentationId, key.creditId, key.examiner, recordedBy, evidence);
    }

    /// @dev Of documents from a part that are drawn no more.
    function _close(PresentationKey calldata key, bytes32 presentationId, PresentationWord word) private {
        bool opened = word.flags() & PresentationFlags.NOT_IN_FORCE == 0 && !word.has(PresentationMarks.COUNTED);
        if (opened && word.has(PresentationMarks.TRANSFERRED)) transfers.closed(key.creditId, presentationId);
    }

    function _put(bytes32 presentationId, PresentationWord word) private {
        presentations.writeWord(presentationId, PresentationWord.unwrap(word));
    }

    function _refuseState(bytes32 presentationId, PresentationState actual, PresentationState expected) private pure {
        revert IPresentations.WrongPresentationState(presentationId, actual, expected);
    }

    /// @dev What every act of an examining bank needs.
    function _ofExaminer(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.EXAMINE);
        (presentationId, word) = _existing(key);
        if (memberId != key.examiner) revert IPresentations.NotExaminer(presentationId, memberId);
    }

    function _existing(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        presentationId = keccak256(abi.encode(key));
        word = PresentationWord.wrap(presentations.asWord(presentationId));
        if (PresentationWord.unwrap(word) == 0) revert IPresentations.UnknownPresentation(presentationId);
    }
}

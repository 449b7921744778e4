// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord} from "contracts/libraries/PresentationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {IPaymentObligations, Obligation, ObligationState} from "interfaces/IPaymentObligations.sol";
import {Disposal, IPresentations, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";
import {ITitleCustody} from "interfaces/ITitleCustody.sol";
import {ITitleRegistry} from "interfaces/ITitleRegistry.sol";

/// @title Titles under a credit: in custody from their presentation until somebody has honoured, or nobody will.
/// @notice See ITitleCustody.
contract TitleCustody is ITitleCustody {
    /* IMMUTABLES */

    /// @inheritdoc ITitleCustody
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ITitleCustody
    ITitleRegistry public immutable titleRegistry;

    /// @inheritdoc ITitleCustody
    IPresentations public immutable presentations;

    /// @inheritdoc ITitleCustody
    IPaymentObligations public immutable obligations;

    /// @inheritdoc ITitleCustody
    IForwarding public immutable forwardings;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param titleRegistry_ The titles.
    /// @param presentations_ The presentations.
    /// @param obligations_ The obligations.
    /// @param forwardings_ The contract by which documents pass from bank to bank.
    constructor(
        IAllianceRegistry registry_,
        ITitleRegistry titleRegistry_,
        IPresentations presentations_,
        IPaymentObligations obligations_,
        IForwarding forwardings_
    ) {
        registry = registry_;
        titleRegistry = titleRegistry_;
        presentations = presentations_;
        obligations = obligations_;
        forwardings = forwardings_;
    }

    /* IN */

    /// @inheritdoc ITitleCustody
    function attach(PresentationKey calldata key, bytes32[] calldata titles) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT | Roles.TITLE);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        if (memberId != key.presenter) revert IPresentations.NotPresenter(key.presenter, memberId);
        PresentationState actual = word.state();
        if (actual != PresentationState.Lodged) {
            revert IPresentations.WrongPresentationState(presentationId, actual, PresentationState.Lodged);
        }
        if (word.isOver()) revert IPresentations.DeadlinePassed(presentationId, word.deadline(), block.timestamp);
        if (word.has(PresentationMarks.FORWARDED) && !word.has(PresentationMarks.COUNTED)) {
            revert TitlesStay(presentationId);
        }
        if (word.titles() != 0) revert TitlesPresentedAlready(presentationId, word.titles());

        presentations.writeWord(presentationId, PresentationWord.unwrap(word.withTitles(titles.length)));
        titleRegistry.deposit(titles, memberId, key.examiner, _recordOf(key, presentationId, word));
    }

    /* TO THE BANK */

    /// @inheritdoc ITitleCustody
    function findComplying(PresentationKey calldata key, bytes32[] calldata titles)
        external
        returns (bytes32 obligationId)
    {
        return _honour(key, titles, abi.encodeCall(IPresentations.findComplying, (key)));
    }

    /// @inheritdoc ITitleCustody
    function findComplyingWith(
        PresentationKey calldata key,
        uint256 amendments,
        bool recourse,
        bytes32[] calldata titles
    ) external returns (bytes32 obligationId) {
        return _honour(key, titles, abi.encodeCall(IPresentations.findComplyingWith, (key, amendments, recourse)));
    }

    /// @inheritdoc ITitleCustody
    function acceptDiscrepancies(PresentationKey calldata key, bytes32 waiver, bool recourse, bytes32[] calldata titles)
        external
        returns (bytes32 obligationId)
    {
        return _honour(key, titles, abi.encodeCall(IPresentations.acceptDiscrepancies, (key, waiver, recourse)));
    }

    /// @inheritdoc ITitleCustody
    function deliver(PresentationKey calldata key, bytes32[] calldata titles, address account) external {
        _deliver(key, titles, registry.actingMemberOf(account, Roles.TITLE));
    }

    /* BACK, AND ON */

    /// @inheritdoc ITitleCustody
    function giveBack(PresentationKey calldata key, bytes32[] calldata titles) external {
        (bytes32 presentationId, PresentationWord word) = _titled(key, titles.length);
        PresentationState current = word.state();
        bool onItsWay = current == PresentationState.ReturnDue || current == PresentationState.Returned
            || current == PresentationState.Disposed;
        if (!onItsWay) {
            _requireGoingBack(key, presentationId, word);
            presentations.writeWord(presentationId, PresentationWord.unwrap(word.inState(PresentationState.ReturnDue)));
        }
        titleRegistry.giveBack(titles, _recordOf(key, presentationId, word));
    }

    /// @inheritdoc ITitleCustody
    function carryOn(PresentationKey calldata key, PresentationKey calldata onward, bytes32[] calldata titles)
        external
    {
        (bytes32 presentationId, PresentationWord word) = _titled(key, titles.length);
        (bytes32 onwardId, PresentationWord next) = _existing(onward);
        if (
            word.state() != PresentationState.Forwarded || next.titles() == 0
                || forwardings.forwardedAs(presentationId) != onwardId
        ) revert TitlesStay(presentationId);

        titleRegistry.letGoOn(
            titles,
            _recordOf(key, presentationId, word),
            _recordOf(onward, onwardId, next),
            key.examiner,
            onward.examiner
        );
    }

    /* VIEWS */

    /// @inheritdoc ITitleCustody
    function recordOf(PresentationKey calldata key) external view returns (bytes32 record) {
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        return _recordOf(key, presentationId, word);
    }

    /* INTERNALS */

    /// @dev The presentations ask for the authority of whoever is named after the arguments.
    function _honour(PresentationKey calldata key, bytes32[] calldata titles, bytes memory decision)
        private
        returns (bytes32 obligationId)
    {
        uint32 bank = registry.actingMemberOf(msg.sender, Roles.EXAMINE | Roles.TITLE);
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory answer) = address(presentations).call(abi.encodePacked(decision, msg.sender));
        if (!done) {
            // solhint-disable-next-line no-inline-assembly
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        _deliver(key, titles, bank);
        return abi.decode(answer, (bytes32));
    }

    function _deliver(PresentationKey calldata key, bytes32[] calldata titles, uint32 memberId) private {
        (bytes32 presentationId, PresentationWord word) = _titled(key, titles.length);
        bytes32 record = _recordOf(key, presentationId, word);
        uint32 bank = key.examiner;
        if (word.isHonoured()) bank = _honouredBy(record, bank);
        else if (word.state() != PresentationState.Released) revert TitlesStay(presentationId);
        if (memberId != bank) revert NotEntitledToTitles(presentationId, bank, memberId);

        titleRegistry.handOver(titles, bank, record);
    }

    /// @dev The bank that paid, be it one behind that to which the titles were presented; else the one that is to pay later.
    function _honouredBy(bytes32 record, uint32 examiner) private view returns (uint32 bank) {
        Obligation memory owed = obligations.obligation(record);
        if (_isPaid(owed.state)) return examiner;
        bytes32 later = obligations.followedBy(record);
        while (later != 0) {
            Obligation memory other = obligations.obligation(later);
            if (_isPaid(other.state)) return other.debtor;
            later = obligations.followedBy(later);
        }
        if (owed.state == ObligationState.Due || owed.state == ObligationState.Negotiated) {
            revert TitlesAwaitPayment(record);
        }
        return examiner;
    }

    function _isPaid(ObligationState state) private pure returns (bool) {
        return state == ObligationState.Paid || state == ObligationState.Prepaid;
    }

    /// @dev Whether documents that are not on their way back may go back now, and who asks.
    function _requireGoingBack(PresentationKey calldata key, bytes32 presentationId, PresentationWord word)
        private
        view
    {
        PresentationState current = word.state();
        if (current == PresentationState.Refused && word.disposal() == Disposal.Return) return;
        if (current == PresentationState.Lodged && word.flags() & PresentationFlags.NOT_IN_FORCE != 0) return;
        bool undecided = current == PresentationState.Lodged && word.isOver() && word.has(PresentationMarks.UNBOUND);
        bool cameBack = current == PresentationState.Forwarded && !_goesOn(presentationId);
        if (!undecided && !cameBack) revert TitlesStay(presentationId);
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        if (memberId != key.presenter) revert IPresentations.NotPresenter(key.presenter, memberId);
    }

    /// @dev Whether the documents are with a bank to which they were sent on with their titles.
    function _goesOn(bytes32 presentationId) private view returns (bool) {
        if (forwardings.isUnsent(presentationId)) return false;
        return PresentationWord.wrap(presentations.asWord(forwardings.forwardedAs(presentationId))).titles() != 0;
    }

    function _recordOf(PresentationKey calldata key, bytes32 presentationId, PresentationWord word)
        private
        pure
        returns (bytes32)
    {
        return ObligationWords.idOf(presentationId, key.examiner, word.payee());
    }

    function _titled(PresentationKey calldata key, uint256 given)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        (presentationId, word) = _existing(key);
        uint8 count = word.titles();
        if (count == 0 || given != count) revert NotItsTitles(presentationId, given, count);
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

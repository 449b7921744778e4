// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {PresentationWords} from "contracts/libraries/PresentationWords.sol";
import {TitleWord, TitleWords} from "contracts/libraries/TitleWords.sol";
import {IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations, Lodging} from "interfaces/IPresentations.sol";
import {ITitleFacades} from "interfaces/ITitleFacades.sol";
import {
    ITitleRegistry,
    SurrenderPurpose,
    Title,
    TitleAct,
    TitleForm,
    TitleInstruction,
    TitleIssuance,
    TitleState
} from "interfaces/ITitleRegistry.sol";

/// @title Electronic titles: bills of lading that are held, endorsed, pledged and surrendered.
/// @notice See ITitleRegistry.
contract TitleRegistry is ITitleRegistry {
    /* CONSTANTS */

    /// @dev How long holder and beneficiary may reject what came to them.
    uint256 private constant REJECTION_PERIOD = 5 days;

    /// @dev A title takes two slots.
    struct Record {
        TitleWord word;
        bytes32 document;
    }

    /* IMMUTABLES */

    /// @inheritdoc ITitleRegistry
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ITitleRegistry
    ITitleFacades public immutable facades;

    /// @inheritdoc ITitleRegistry
    address public immutable custody;

    /// @inheritdoc ITitleRegistry
    IPresentations public immutable presentations;

    /// @inheritdoc ITitleRegistry
    IPaymentObligations public immutable obligations;

    /// @inheritdoc ITitleRegistry
    address public immutable deliveries;

    /* STORAGE */

    mapping(bytes32 title => Record) private _titles;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param facades_ The workshop of the facades.
    /// @param presentations_ The presentations.
    /// @param obligations_ The obligations.
    /// @param custody_ The contract that has titles in custody for presentations.
    /// @param deliveries_ The contract that delivers titles against payment; zero where there is none.
    constructor(
        IAllianceRegistry registry_,
        ITitleFacades facades_,
        IPresentations presentations_,
        IPaymentObligations obligations_,
        address custody_,
        address deliveries_
    ) {
        registry = registry_;
        facades = facades_;
        presentations = presentations_;
        obligations = obligations_;
        custody = custody_;
        deliveries = deliveries_;
    }

    /* ISSUE */

    /// @inheritdoc ITitleRegistry
    function issue(TitleIssuance calldata given) external returns (bytes32 title) {
        return _issue(registry.memberInStanding(msg.sender, Roles.CARRY), given);
    }

    /// @inheritdoc ITitleRegistry
    function issueBatch(TitleIssuance[] calldata given) external {
        uint32 issuer = registry.memberInStanding(msg.sender, Roles.CARRY);
        if (given.length == 0) revert NoTitles();
        for (uint256 i; i < given.length; ++i) {
            _issue(issuer, given[i]);
        }
    }

    /* POSSESSION AND RIGHT */

    /// @inheritdoc ITitleRegistry
    function nominate(bytes32 title, address nominee, bytes32 remark) external {
        _nominate(msg.sender, title, nominee, remark);
    }

    /// @inheritdoc ITitleRegistry
    function endorseTitle(bytes32 title, address to, TitleForm form, bytes32 remark) external {
        _endorse(msg.sender, title, to, form, remark);
    }

    /// @inheritdoc ITitleRegistry
    function transferHolder(bytes32 title, address to, bytes32 remark) external {
        _transferHolder(msg.sender, title, to, remark);
    }

    /// @inheritdoc ITitleRegistry
    function transferBoth(bytes32 title, address to, TitleForm form, address holder, bytes32 remark) external {
        _transferBoth(msg.sender, title, to, form, holder, remark);
    }

    /// @inheritdoc ITitleRegistry
    function rejectHolder(bytes32 title, bytes32 remark) external {
        _reject(msg.sender, title, true, false, remark);
    }

    /// @inheritdoc ITitleRegistry
    function rejectBeneficiary(bytes32 title, bytes32 remark) external {
        _reject(msg.sender, title, false, true, remark);
    }

    /// @inheritdoc ITitleRegistry
    function rejectBoth(bytes32 title, bytes32 remark) external {
        _reject(msg.sender, title, true, true, remark);
    }

    /* PLEDGE */

    /// @inheritdoc ITitleRegistry
    function pledge(bytes32 title, address to, bytes32 remark) external {
        _pledge(msg.sender, title, to, remark);
    }

    /// @inheritdoc ITitleRegistry
    function releasePledge(bytes32 title, bytes32 remark) external {
        _releasePledge(msg.sender, title, remark);
    }

    /* SURRENDER */

    /// @inheritdoc ITitleRegistry
    function surrender(bytes32 title, SurrenderPurpose purpose, bytes32 remark) external {
        _surrender(msg.sender, title, purpose, remark);
    }

    /// @inheritdoc ITitleRegistry
    function acceptSurrender(bytes32 title, bytes32 remark) external {
        _acceptSurrender(msg.sender, title, remark);
    }

    /// @inheritdoc ITitleRegistry
    function rejectSurrender(bytes32 title, bytes32 remark) external {
        _rejectSurrender(msg.sender, title, remark);
    }

    /// @inheritdoc ITitleRegistry
    function restore(bytes32 title, bytes32 document, bytes32 remark) external {
        (uint32 issuer, Record storage record, TitleWord word) = _asIssuer(msg.sender, title, TitleState.Amending);
        if (document == 0) revert IncompleteTitle(title, document);

        record.word = word.moved(TitleState.Live);
        record.document = document;
        emit TitleRestored(title, issuer, word.holder(), document);
        _remark(title, remark);
    }

    /// @inheritdoc ITitleRegistry
    function returnFromPaper(bytes32 title, TitleIssuance calldata given) external {
        (uint32 issuer, Record storage record,) = _asIssuer(msg.sender, title, TitleState.OnPaper);
        (bytes32 document, TitleForm form) = (given.document, given.form);
        if (document == 0) revert IncompleteTitle(title, document);
        (uint32 holder, uint32 beneficiary) = _parties(given.holder, given.beneficiary, form, false);

        record.word = TitleWords.pack(issuer, holder, beneficiary, form);
        record.document = document;
        emit ReturnedFromPaper(title, issuer, holder, beneficiary, form, document);
        _remark(title, given.remark);
    }

    /* MANY AT ONCE, AND FACADES */

    /// @inheritdoc ITitleRegistry
    function instruct(bytes32[] calldata titles, TitleInstruction calldata given) external {
        if (titles.length == 0) revert NoTitles();
        for (uint256 i; i < titles.length; ++i) {
            _carryOut(msg.sender, titles[i], given);
        }
    }

    /// @inheritdoc ITitleRegistry
    function instructFor(address actor, TitleInstruction calldata given) external {
        bytes32 title = facades.titleOf(msg.sender);
        if (title == 0) revert NotFacade(msg.sender);
        _carryOut(actor, title, given);
    }

    /* CUSTODY */

    /// @inheritdoc ITitleRegistry
    function presentDocuments(Lodging calldata lodging, bytes32[] calldata titles)
        external
        returns (bytes32 presentationId)
    {
        uint32 presenter = registry.actingMemberOf(msg.sender, Roles.PRESENT | Roles.TITLE);
        if (presenter != lodging.key.presenter) revert IPresentations.NotPresenter(lodging.key.presenter, presenter);
        bytes32 record;
        (presentationId, record) = presentations.lodgeMarked(lodging, PresentationWords.titleMarks(titles.length));
        _deposit(titles, presenter, lodging.key.examiner, record, custody);
    }

    /// @inheritdoc ITitleRegistry
    function payForTitles(bytes32 obligationId, bytes32[] calldata titles) external {
        uint32 debtor = registry.actingMemberOf(msg.sender, Roles.PAY | Roles.TITLE);
        _handOver(titles, debtor, obligations.payFor(obligationId, debtor, titles.length), custody);
    }

    /// @inheritdoc ITitleRegistry
    function deposit(bytes32[] calldata titles, uint32 depositor, uint32 to, bytes32 record) external {
        _requireCustodian();
        _deposit(titles, depositor, to, record, msg.sender);
    }

    /// @inheritdoc ITitleRegistry
    function giveBack(bytes32[] calldata titles, bytes32 record) external {
        _requireCustodian();
        for (uint256 i; i < titles.length; ++i) {
            bytes32 title = titles[i];
            (Record storage found, TitleWord word) = _kept(title, msg.sender, record);

            word = word.givenBack();
            found.word = word;
            emit TitleGivenBack(title, word.holder(), msg.sender, word.beneficiary(), word.form());
        }
    }

    /// @inheritdoc ITitleRegistry
    function handOver(bytes32[] calldata titles, uint32 to, bytes32 record) external {
        _requireCustodian();
        _handOver(titles, to, record, msg.sender);
    }

    /// @inheritdoc ITitleRegistry
    function letGoOn(bytes32[] calldata titles, bytes32 record, bytes32 onward, uint32 bank, uint32 to) external {
        if (msg.sender != custody) revert NotCustodian(msg.sender);
        for (uint256 i; i < titles.length; ++i) {
            bytes32 title = titles[i];
            (Record storage found, TitleWord word) = _kept(title, custody, record);

            word = word.carriedOn(onward, bank, to);
            found.word = word;
            emit TitleCarriedOn(title, word.holder(), onward, word.beneficiary());
        }
    }

    /* VIEWS */

    /// @inheritdoc ITitleRegistry
    function titleOf(bytes32 title) external view returns (Title memory) {
        Record memory record = _titles[title];
        TitleWord word = record.word;
        address custodian = _custodianOf(word);
        if (custodian != address(0)) word = word.withoutRecord();
        return Title({
            state: word.state(),
            form: word.form(),
            purpose: word.purpose(),
            issuer: word.issuer(),
            holder: word.holder(),
            beneficiary: word.beneficiary(),
            nominee: word.nominee(),
            previousHolder: word.previousHolder(),
            previousBeneficiary: word.previousBeneficiary(),
            holderRejectBy: word.holderRejectBy(),
            beneficiaryRejectBy: word.beneficiaryRejectBy(),
            custodian: custodian,
            document: record.document
        });
    }

    /// @inheritdoc ITitleRegistry
    function controllerOf(bytes32 title) external view returns (uint32 memberId, address custodian) {
        TitleWord word = _titles[title].word;
        TitleState state = word.state();
        if (state == TitleState.Live || state == TitleState.Pledged) return (word.holder(), address(0));
        if (state == TitleState.Surrendered || state == TitleState.Amending) return (word.issuer(), address(0));
        return (0, _custodianOf(word));
    }

    /// @inheritdoc ITitleRegistry
    function titleIdOf(uint32 issuer, bytes32 transportReference) public pure returns (bytes32 title) {
        return keccak256(abi.encode(issuer, transportReference));
    }

    /* INTERNALS: ACTS */

    function _issue(uint32 issuer, TitleIssuance calldata given) private returns (bytes32 title) {
        (bytes32 document, TitleForm form) = (given.document, given.form);
        if (given.transportReference == 0 || document == 0) {
            revert IncompleteTitle(given.transportReference, document);
        }
        title = titleIdOf(issuer, given.transportReference);
        Record storage record = _titles[title];
        if (record.document != 0) revert TitleExists(title);
        (uint32 holder, uint32 beneficiary) = _parties(given.holder, given.beneficiary, form, true);

        record.word = TitleWords.pack(issuer, holder, beneficiary, form);
        record.document = document;
        emit TitleIssued(title, issuer, holder, beneficiary, form, document);
        _remark(title, given.remark);
    }

    /// @dev T2.
    function _nominate(address actor, bytes32 title, address to, bytes32 remark) private {
        uint32 member = registry.actingMemberOf(actor, Roles.TITLE);
        (Record storage record, TitleWord word) = _in(title, TitleState.Live);
        if (word.form() != TitleForm.ToOrder) revert NotToOrder(title, word.form());
        if (word.beneficiary() != member) revert NotTitleBeneficiary(title, word.beneficiary(), member);
        uint32 nominee = to == address(0) ? 0 : _recipient(to);
        if (nominee == member) revert BeneficiaryAlready(title, member);
        if (nominee == word.nominee()) revert NominatedAlready(title, nominee);

        if (word.holder() == member) word = word.acceptedByHolder();
        record.word = word.acceptedByBeneficiary().nominating(nominee);
        emit EndorseeNominated(title, member, nominee);
        _remark(title, remark);
    }

    /// @dev T3.
    function _endorse(address actor, bytes32 title, address to, TitleForm form, bytes32 remark) private {
        (uint32 member, Record storage record, TitleWord word) = _asHolder(actor, title);
        record.word = _endorsed(title, word, member, to, form);
        _remark(title, remark);
    }

    /// @dev T4.
    function _transferHolder(address actor, bytes32 title, address to, bytes32 remark) private {
        (uint32 member, Record storage record, TitleWord word) = _asHolder(actor, title);
        if (word.beneficiary() == member) word = word.acceptedByBeneficiary();
        record.word = _transferred(title, word, member, to);
        _remark(title, remark);
    }

    /// @dev T5.
    function _transferBoth(address actor, bytes32 title, address to, TitleForm form, address holder, bytes32 remark)
        private
    {
        (uint32 member, Record storage record, TitleWord word) = _asHolder(actor, title);
        word = _endorsed(title, word, member, to, form);
        record.word = _transferred(title, word, member, holder);
        _remark(title, remark);
    }

    /// @dev T6 to T8.
    function _reject(address actor, bytes32 title, bool possession, bool right, bytes32 remark) private {
        uint32 member = registry.actingMemberOf(actor, Roles.TITLE);
        (Record storage record, TitleWord word) = _in(title, TitleState.Live);
        if (possession) _requireHolder(title, word, member);
        if (right && word.beneficiary() != member) revert NotTitleBeneficiary(title, word.beneficiary(), member);
        if (possession) _requireRejectable(title, member, word.holderRejectBy());
        if (right) _requireRejectable(title, member, word.beneficiaryRejectBy());

        TitleWord undone = word;
        if (right) undone = undone.endorsementUndone();
        if (possession) undone = undone.holderUndone();
        record.word = undone;
        if (right) emit EndorsementRejected(title, member, undone.beneficiary(), undone.form());
        if (possession) emit PossessionRejected(title, member, undone.holder());
        _remark(title, remark);
    }

    /// @dev T9.
    function _pledge(address actor, bytes32 title, address to, bytes32 remark) private {
        (uint32 member, Record storage record, TitleWord word) = _asHolder(actor, title);
        _requireEntitled(title, word, member);
        uint32 pledgee = _recipient(to);
        MemberKind kind = registry.member(pledgee).kind;
        if (kind != MemberKind.Bank && kind != MemberKind.CentralBank) revert PledgeeNotABank(title, pledgee);
        if (pledgee == member) revert HolderAlready(title, member);

        record.word = word.acceptedBy(member).pledgedTo(pledgee);
        emit TitlePledged(title, member, pledgee);
        _remark(title, remark);
    }

    /// @dev T10.
    function _releasePledge(address actor, bytes32 title, bytes32 remark) private {
        uint32 member = registry.actingMemberOf(actor, Roles.TITLE);
        (Record storage record, TitleWord word) = _in(title, TitleState.Pledged);
        _requireHolder(title, word, member);

        word = word.holderUndone().moved(TitleState.Live);
        record.word = word;
        emit PledgeReleased(title, member, word.holder());
        _remark(title, remark);
    }

    /// @dev T11.
    function _surrender(address actor, bytes32 title, SurrenderPurpose purpose, bytes32 remark) private {
        (uint32 member, Record storage record, TitleWord word) = _asHolder(actor, title);
        if (!word.isStraight() || purpose == SurrenderPurpose.Delivery) {
            _requireEntitled(title, word, member);
        }

        record.word = word.acceptedBy(member).surrendered(purpose);
        emit TitleSurrendered(title, member, word.issuer(), purpose);
        _remark(title, remark);
    }

    /// @dev T13 to T15.
    function _acceptSurrender(address actor, bytes32 title, bytes32 remark) private {
        (uint32 issuer, Record storage record, TitleWord word) = _asIssuer(actor, title, TitleState.Surrendered);
        SurrenderPurpose purpose = word.purpose();
        TitleState state = TitleState.Amending;
        if (purpose == SurrenderPurpose.Delivery) state = TitleState.Delivered;
        else if (purpose == SurrenderPurpose.Paper) state = TitleState.OnPaper;

        record.word = word.moved(state);
        emit SurrenderAccepted(title, issuer, word.holder(), purpose);
        _remark(title, remark);
    }

    /// @dev T12.
    function _rejectSurrender(address actor, bytes32 title, bytes32 remark) private {
        (uint32 issuer, Record storage record, TitleWord word) = _asIssuer(actor, title, TitleState.Surrendered);

        record.word = word.moved(TitleState.Live);
        emit SurrenderRejected(title, issuer, word.holder());
        _remark(title, remark);
    }

    function _carryOut(address actor, bytes32 title, TitleInstruction calldata given) private {
        TitleAct act = given.act;
        bytes32 remark = given.remark;
        if (act == TitleAct.Nominate) _nominate(actor, title, given.to, remark);
        else if (act == TitleAct.Endorse) _endorse(actor, title, given.to, given.form, remark);
        else if (act == TitleAct.TransferHolder) _transferHolder(actor, title, given.to, remark);
        else if (act == TitleAct.TransferBoth) _transferBoth(actor, title, given.to, given.form, given.holder, remark);
        else if (act == TitleAct.RejectHolder) _reject(actor, title, true, false, remark);
        else if (act == TitleAct.RejectBeneficiary) _reject(actor, title, false, true, remark);
        else if (act == TitleAct.RejectBoth) _reject(actor, title, true, true, remark);
        else if (act == TitleAct.Pledge) _pledge(actor, title, given.to, remark);
        else if (act == TitleAct.ReleasePledge) _releasePledge(actor, title, remark);
        else if (act == TitleAct.Surrender) _surrender(actor, title, given.purpose, remark);
        else if (act == TitleAct.AcceptSurrender) _acceptSurrender(actor, title, remark);
        else _rejectSurrender(actor, title, remark);
    }

    /* INTERNALS: CHANGES */

    /// @dev The word after an endorsement by its holder. A holder that endorses to itself has nothing to reject.
    function _endorsed(bytes32 title, TitleWord word, uint32 member, address to, TitleForm form)
        private
        returns (TitleWord)
    {
        if (word.isStraight()) revert NotToOrder(title, TitleForm.Straight);
        uint32 beneficiary = word.beneficiary();
        uint32 endorsee;
        uint256 rejectBy;
        if (form == TitleForm.Blank) {
            if (to != address(0)) revert FormMismatch(form, to);
        } else {
            if (form == TitleForm.None) revert FormMismatch(form, to);
            endorsee = _recipient(to);
            if (endorsee != member) rejectBy = _rejectBy();
        }
        if (endorsee == beneficiary) revert BeneficiaryAlready(title, endorsee);
        if (beneficiary != member && beneficiary != 0 && (endorsee == 0 || endorsee != word.nominee())) {
            revert NotTheNominee(title, word.nominee(), endorsee);
        }

        emit TitleEndorsed(title, beneficiary, endorsee, form);
        return word.acceptedByHolder().endorsedTo(endorsee, form, rejectBy);
    }

    /// @dev The word after its holder, which has nothing to reject, gave possession away.
    function _transferred(bytes32 title, TitleWord word, uint32 member, address to) private returns (TitleWord) {
        uint32 holder = _recipient(to);
        if (holder == member) revert HolderAlready(title, member);

        emit PossessionTransferred(title, member, holder);
        return word.heldBy(holder, _rejectBy());
    }

    function _remark(bytes32 title, bytes32 remark) private {
        if (remark != 0) emit Remarked(title, remark);
    }

    function _rejectBy() private view returns (uint256) {
        // Five days more overflow at no time that a block can bear.
        unchecked {
            return block.timestamp + REJECTION_PERIOD;
        }
    }

    /* INTERNALS: WHO MAY */

    function _in(bytes32 title, TitleState expected) private view returns (Record storage record, TitleWord word) {
        record = _titles[title];
        word = record.word;
        if (word.state() != expected) revert WrongTitleState(title, word.state(), expected);
    }

    function _asHolder(address actor, bytes32 title)
        private
        view
        returns (uint32 member, Record storage record, TitleWord word)
    {
        member = registry.actingMemberOf(actor, Roles.TITLE);
        (record, word) = _in(title, TitleState.Live);
        _requireHolder(title, word, member);
    }

    function _asIssuer(address actor, bytes32 title, TitleState expected)
        private
        view
        returns (uint32 issuer, Record storage record, TitleWord word)
    {
        issuer = registry.actingMemberOf(actor, Roles.CARRY);
        (record, word) = _in(title, expected);
        if (word.issuer() != issuer) revert NotTitleIssuer(title, word.issuer(), issuer);
    }

    /// @dev The member of an account that could move a title on.
    function _recipient(address account) private view returns (uint32 member) {
        return registry.actingMemberOf(account, Roles.TITLE);
    }

    /// @dev Holder and beneficiary are mostly one where a title is issued: then its account is asked for once. New business
    /// is done with members that may do it.
    function _parties(address holding, address benefiting, TitleForm form, bool standing)
        private
        view
        returns (uint32 holder, uint32 beneficiary)
    {
        _requireForm(form, benefiting);
        holder = _party(holding, standing);
        if (benefiting == holding) beneficiary = holder;
        else if (benefiting != address(0)) beneficiary = _party(benefiting, standing);
    }

    function _party(address account, bool standing) private view returns (uint32 member) {
        return standing ? registry.memberInStanding(account, Roles.TITLE) : _recipient(account);
    }

    function _requireForm(TitleForm form, address beneficiary) private pure {
        if (form == TitleForm.None || (form == TitleForm.Blank) != (beneficiary == address(0))) {
            revert FormMismatch(form, beneficiary);
        }
    }

    function _requireHolder(bytes32 title, TitleWord word, uint32 member) private pure {
        if (word.holder() != member) revert NotTitleHolder(title, word.holder(), member);
    }

    /// @dev A title in blank is its holder's.
    function _requireEntitled(bytes32 title, TitleWord word, uint32 holder) private pure {
        uint32 beneficiary = word.beneficiary();
        if (beneficiary != 0 && beneficiary != holder) revert NotTitleBeneficiary(title, beneficiary, holder);
    }

    function _requireRejectable(bytes32 title, uint32 member, uint40 rejectBy) private view {
        if (rejectBy == 0) revert NothingToReject(title, member);
        if (block.timestamp > rejectBy) revert RejectionLapsed(title, rejectBy, block.timestamp);
    }

    /* INTERNALS: CUSTODY */

    /// @dev Where there is no such contract, its place holds zero, which calls nobody.
    function _requireCustodian() private view {
        if (msg.sender == address(0) || (msg.sender != custody && msg.sender != deliveries)) {
            revert NotCustodian(msg.sender);
        }
    }

    function _deposit(bytes32[] calldata titles, uint32 depositor, uint32 to, bytes32 record, address custodian)
        private
    {
        for (uint256 i; i < titles.length; ++i) {
            bytes32 title = titles[i];
            (Record storage found, TitleWord word) = _in(title, TitleState.Live);
            _requireHolder(title, word, depositor);
            uint32 beneficiary = word.beneficiary();
            if (beneficiary == depositor) word = word.acceptedByBeneficiary();
            else if (beneficiary != 0 && beneficiary != to) revert NotTitleBeneficiary(title, beneficiary, depositor);

            found.word = word.deposited(custodian == deliveries, record);
            emit TitleDeposited(title, depositor, custodian, record);
        }
    }

    function _handOver(bytes32[] calldata titles, uint32 to, bytes32 record, address custodian) private {
        for (uint256 i; i < titles.length; ++i) {
            bytes32 title = titles[i];
            (Record storage found, TitleWord word) = _kept(title, custodian, record);
            uint32 depositor = word.holder();

            word = word.handedOver(to);
            found.word = word;
            emit TitleHandedOver(title, depositor, to, custodian, word.beneficiary());
        }
    }

    function _kept(bytes32 title, address custodian, bytes32 record)
        private
        view
        returns (Record storage found, TitleWord word)
    {
        (found, word) = _in(title, TitleState.InCustody);
        if (_custodianOf(word) != custodian) revert NotItsCustodian(title, _custodianOf(word));
        if (!word.isKeptFor(record)) revert NotKeptFor(title, record);
    }

    function _custodianOf(TitleWord word) private view returns (address) {
        if (word.state() != TitleState.InCustody) return address(0);
        return word.delivering() ? deliveries : custody;
    }
}

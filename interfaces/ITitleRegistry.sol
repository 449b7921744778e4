// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations, Lodging} from "interfaces/IPresentations.sol";
import {ITitleFacades} from "interfaces/ITitleFacades.sol";

/// @notice Where a title stands. `Delivered` alone is the end.
enum TitleState {
    None,
    Live,
    Pledged,
    InCustody,
    Surrendered,
    Amending,
    OnPaper,
    Delivered
}

/// @notice How a title can be passed on: by endorsement, not at all beyond the one it names, or by possession alone.
enum TitleForm {
    None,
    ToOrder,
    Straight,
    Blank
}

/// @notice What a title is surrendered for (DCSA BL 3: SREQ; AREQ without a reason, and with SWTP, COD or SWI).
enum SurrenderPurpose {
    Delivery,
    Amendment,
    Paper,
    Destination,
    Switch
}

/// @notice What one call may ask for several titles, or a facade for its own.
enum TitleAct {
    Nominate,
    Endorse,
    TransferHolder,
    TransferBoth,
    RejectHolder,
    RejectBeneficiary,
    RejectBoth,
    Pledge,
    ReleasePledge,
    Surrender,
    AcceptSurrender,
    RejectSurrender
}

/// @notice What a carrier issues.
struct TitleIssuance {
    // Salted commitment to the transport document's reference, with a salt of the carrier's own that is always the same for
    // the same reference: then a reference has one title.
    bytes32 transportReference;
    // Commitment to the document, under which the carrier registers it in DocumentRegistry.
    bytes32 document;
    // An account of the member that has possession, with the role TITLE.
    address holder;
    // The same of the member to whose order, or to whom it is made out; zero in blank.
    address beneficiary;
    TitleForm form;
    // Salted commitment to a remark; 0 for none.
    bytes32 remark;
}

/// @notice An act on a title; each act reads the fields it needs and no other.
struct TitleInstruction {
    TitleAct act;
    // The nominee, the endorsee, the new holder or the pledgee, by an account of it; zero where nobody is named.
    address to;
    // Who gets possession where both change, by an account of it.
    address holder;
    // How the endorsee can pass the title on.
    TitleForm form;
    SurrenderPurpose purpose;
    // Salted commitment to a remark; 0 for none.
    bytes32 remark;
}

/// @notice A title as it stands; all zero if it was never issued.
struct Title {
    TitleState state;
    TitleForm form;
    // Of the surrender that is under way, or was last.
    SurrenderPurpose purpose;
    uint32 issuer;
    // Who has possession; in custody, who deposited the title; after a surrender, who surrendered it.
    uint32 holder;
    // To whose order, or to whom; 0 in blank.
    uint32 beneficiary;
    // To whom the holder may endorse with the beneficiary's consent; 0 for nobody.
    uint32 nominee;
    // Who gets possession back if the holder rejects it, or releases the pledge; 0 for nobody.
    uint32 previousHolder;
    // Whose the title was before the endorsement that the beneficiary may reject or, in custody, had not accepted; 0 for
    // nobody.
    uint32 previousBeneficiary;
    // Last seconds at which holder and beneficiary may reject what came to them, Unix time; 0 for nothing to reject.
    uint40 holderRejectBy;
    uint40 beneficiaryRejectBy;
    // The contract that has it in custody; zero if none has.
    address custodian;
    // Commitment to the document.
    bytes32 document;
}

/// @title Electronic titles: bills of lading that are held, endorsed, pledged and surrendered.
/// @notice A title has one holder at any time, who alone controls it (UNCITRAL MLETR art. 10, 11): possession and the right
/// to the goods are two registers, as carriers know them (DCSA BL 3, PINT 3). Transferring the holder moves possession
/// alone, endorsing moves the right alone, and neither an administrator nor a pause reaches an issued title.
///
/// Members are named by an account of theirs that holds the role TITLE and is live: so nothing comes to a member that
/// could not move it on. What comes back to where it came from needs none.
///
/// ```
/// row  from         act                                                          to
/// T1   none         issue, issueBatch (a carrier)                                live
/// T2   live         nominate (beneficiary; to order)                             live, with a nominee or without
/// T3   live         endorseTitle (holder, with the beneficiary's consent)             live
/// T4   live         transferHolder (holder)                                      live
/// T5   live         transferBoth (holder, with the beneficiary's consent)        live
/// T6   live         rejectHolder (holder, in time)                               live, back with the previous holder
/// T7   live         rejectBeneficiary (beneficiary, in time)                     live, back with the previous beneficiary
/// T8   live         rejectBoth (who is both, in time)                            live, both back
/// T9   live         pledge (holder and beneficiary, to a bank)                   pledged
/// T10  pledged      releasePledge (the bank)                                     live, back with the pledgor
/// T11  live         surrender (holder and beneficiary)                           surrendered
/// T12  surrendered  rejectSurrender (the carrier)                                live, back with who surrendered it
/// T13  surrendered  acceptSurrender (the carrier), for delivery                  delivered, for ever
/// T14  surrendered  acceptSurrender, for amendment, destination or switch        amending
/// T15  surrendered  acceptSurrender, for paper                                   on paper
/// T16  amending     restore (the carrier)                                        live, under the amended document
/// T17  on paper     returnFromPaper (the carrier)                                live, with whoever gave the paper back
/// T18  live         deposit (a custodian), presentDocuments (holder)                in custody
/// T19  in custody   giveBack (that custodian)                                    live, back with the depositor
/// T20  in custody   handOver (that custodian), payForTitles (who pays)           live, with the other side
/// T21  in custody   letGoOn (the custodian of presentations)                     in custody, for another presentation
/// ```
///
/// The beneficiary consents to an endorsement by being the holder itself or by having nominated the endorsee; a title in
/// blank is its holder's. A title that is straight is not endorsed; its holder may surrender it for anything but
/// delivery without being the consignee, since the right of control goes with it (Rotterdam Rules art. 51(2)).
///
/// What comes to a member by another's act alone may be rejected for five days, holder and beneficiary each for itself; the
/// right lapses by time and by any act on the title but a rejection. The period is this suite's own: no law sets one.
interface ITitleRegistry {
    /// @notice A title was issued (MLETR art. 10; PINT ISSUE).
    /// @param title The title.
    /// @param issuer The carrier.
    /// @param holder Who has possession.
    /// @param beneficiary To whose order, or to whom; 0 in blank.
    /// @param form How it can be passed on.
    /// @param document Commitment to the document.
    event TitleIssued(
        bytes32 indexed title,
        uint32 indexed issuer,
        uint32 indexed holder,
        uint32 beneficiary,
        TitleForm form,
        bytes32 document
    );

    /// @notice A remark on the act whose event came before it. It costs nothing where there is none.
    /// @param title The title.
    /// @param remark Salted commitment to the remark, which itself travels off chain.
    event Remarked(bytes32 indexed title, bytes32 remark);

    /// @notice The beneficiary named to whom the holder may endorse.
    /// @param title The title.
    /// @param beneficiary The beneficiary.
    /// @param nominee Whom it named; 0 if it took the nomination back.
    event EndorseeNominated(bytes32 indexed title, uint32 indexed beneficiary, uint32 indexed nominee);

    /// @notice The holder endorsed a title; possession did not move by it (MLETR art. 15; PINT ENDORSE for a straight form,
    /// ENDORSE_TO_ORDER, BLANK_ENDORSE).
    /// @param title The title.
    /// @param previous Whose it was; 0 in blank.
    /// @param beneficiary Whose it is; 0 in blank.
    /// @param form How it can be passed on from now on.
    event TitleEndorsed(bytes32 indexed title, uint32 indexed previous, uint32 indexed beneficiary, TitleForm form);

    /// @notice Possession moved (MLETR art. 11(2); PINT TRANSFER).
    /// @param title The title.
    /// @param previous Who had it.
    /// @param holder Who has it.
    event PossessionTransferred(bytes32 indexed title, uint32 indexed previous, uint32 indexed holder);

    /// @notice A holder rejected what came to it.
    /// @param title The title.
    /// @param previous Who rejected.
    /// @param holder Who has possession again.
    event PossessionRejected(bytes32 indexed title, uint32 indexed previous, uint32 indexed holder);

    /// @notice An endorsee rejected what came to it.
    /// @param title The title.
    /// @param previous Who rejected.
    /// @param beneficiary Whose it is again; 0 in blank.
    /// @param form How it can be passed on, again.
    event EndorsementRejected(
        bytes32 indexed title, uint32 indexed previous, uint32 indexed beneficiary, TitleForm form
    );

    /// @notice A title was pledged; the right stays with the beneficiary.
    /// @param title The title.
    /// @param pledgor Who had possession.
    /// @param pledgee The bank that has it.
    event TitlePledged(bytes32 indexed title, uint32 indexed pledgor, uint32 indexed pledgee);

    /// @notice A pledge was released.
    /// @param title The title.
    /// @param pledgee The bank that had possession.
    /// @param pledgor Who has it again.
    event PledgeReleased(bytes32 indexed title, uint32 indexed pledgee, uint32 indexed pledgor);

    /// @notice A title was surrendered to its carrier (PINT SURRENDER_FOR_DELIVERY, else SURRENDER_FOR_AMENDMENT).
    /// @param title The title.
    /// @param holder Who surrendered it.
    /// @param issuer The carrier.
    /// @param purpose What for.
    event TitleSurrendered(
        bytes32 indexed title, uint32 indexed holder, uint32 indexed issuer, SurrenderPurpose purpose
    );

    /// @notice The carrier accepted a surrender (PINT SACC).
    /// @param title The title.
    /// @param issuer The carrier.
    /// @param holder Who surrendered it.
    /// @param purpose What for.
    event SurrenderAccepted(
        bytes32 indexed title, uint32 indexed issuer, uint32 indexed holder, SurrenderPurpose purpose
    );

    /// @notice The carrier rejected a surrender (PINT SREJ).
    /// @param title The title.
    /// @param issuer The carrier.
    /// @param holder Who has possession again.
    event SurrenderRejected(bytes32 indexed title, uint32 indexed issuer, uint32 indexed holder);

    /// @notice A title lives on under an amended document (MLETR art. 16). Its chain begins anew (PINT ISSUE).
    /// @param title The title.
    /// @param issuer The carrier.
    /// @param holder Who surrendered it and has it again.
    /// @param document Commitment to the amended document.
    event TitleRestored(bytes32 indexed title, uint32 indexed issuer, uint32 indexed holder, bytes32 document);

    /// @notice A title took the place of the paper again (MLETR art. 17). Its chain begins anew (PINT ISSUE).
    /// @param title The title.
    /// @param issuer The carrier, to which the paper was given back.
    /// @param holder Who has possession.
    /// @param beneficiary To whose order, or to whom; 0 in blank.
    /// @param form How it can be passed on.
    /// @param document Commitment to the document.
    event ReturnedFromPaper(
        bytes32 indexed title,
        uint32 indexed issuer,
        uint32 indexed holder,
        uint32 beneficiary,
        TitleForm form,
        bytes32 document
    );

    /// @notice A title went into custody.
    /// @param title The title.
    /// @param depositor Who had possession.
    /// @param custodian The contract that keeps it.
    /// @param record What it is kept for: a number that the contract gives.
    event TitleDeposited(bytes32 indexed title, uint32 indexed depositor, address indexed custodian, bytes32 record);

    /// @notice A title came back from custody; an endorsement that was made for a presentation is undone.
    /// @param title The title.
    /// @param depositor Who has possession again.
    /// @param custodian The contract that kept it.
    /// @param beneficiary To whose order, or to whom; 0 in blank.
    /// @param form How it can be passed on.
    event TitleGivenBack(
        bytes32 indexed title, uint32 indexed depositor, address indexed custodian, uint32 beneficiary, TitleForm form
    );

    /// @notice A title in custody follows documents that a bank sent on.
    /// @param title The title.
    /// @param depositor Who had deposited it.
    /// @param record What it is kept for from now on.
    /// @param beneficiary To whose order, or to whom; 0 in blank.
    event TitleCarriedOn(bytes32 indexed title, uint32 indexed depositor, bytes32 indexed record, uint32 beneficiary);

    /// @notice A title went from custody to the other side.
    /// @param title The title.
    /// @param depositor Who had deposited it.
    /// @param holder Who has possession.
    /// @param custodian The contract that kept it.
    /// @param beneficiary To whose order, or to whom; 0 in blank.
    event TitleHandedOver(
        bytes32 indexed title, uint32 indexed depositor, uint32 indexed holder, address custodian, uint32 beneficiary
    );

    /// @notice A title has the commitments to a reference and to a document.
    /// @param transportReference The commitment to the reference given.
    /// @param document The commitment to the document given.
    error IncompleteTitle(bytes32 transportReference, bytes32 document);

    /// @notice A title in blank names nobody, and any other names somebody.
    /// @param form The form given.
    /// @param beneficiary The account given.
    error FormMismatch(TitleForm form, address beneficiary);

    /// @notice The carrier has issued a title for this reference before.
    /// @param title The title.
    error TitleExists(bytes32 title);

    /// @notice The title does not stand where the act needs it.
    /// @param title The title.
    /// @param actual Where it stands.
    /// @param expected Where it would have to.
    error WrongTitleState(bytes32 title, TitleState actual, TitleState expected);

    /// @notice Only the holder does this (MLETR art. 11(1)(a)).
    /// @param title The title.
    /// @param holder The holder.
    /// @param memberId Who tried.
    error NotTitleHolder(bytes32 title, uint32 holder, uint32 memberId);

    /// @notice Only the beneficiary does this, or has consented to it (DCSA BL 3).
    /// @param title The title.
    /// @param beneficiary The beneficiary.
    /// @param memberId Who tried.
    error NotTitleBeneficiary(bytes32 title, uint32 beneficiary, uint32 memberId);

    /// @notice Only the carrier that issued the title does this.
    /// @param title The title.
    /// @param issuer The carrier.
    /// @param memberId Who tried.
    error NotTitleIssuer(bytes32 title, uint32 issuer, uint32 memberId);

    /// @notice The title cannot be passed on in this way.
    /// @param title The title.
    /// @param form Its form.
    error NotToOrder(bytes32 title, TitleForm form);

    /// @notice The beneficiary nominated somebody else, or nobody.
    /// @param title The title.
    /// @param nominee Whom it nominated; 0 for nobody.
    /// @param endorsee Whom the holder named; 0 for nobody.
    error NotTheNominee(bytes32 title, uint32 nominee, uint32 endorsee);

    /// @notice The member has possession already.
    /// @param title The title.
    /// @param memberId The member.
    error HolderAlready(bytes32 title, uint32 memberId);

    /// @notice The title is the member's already; 0: it is in blank already.
    /// @param title The title.
    /// @param memberId The member.
    error BeneficiaryAlready(bytes32 title, uint32 memberId);

    /// @notice The member is nominated already; 0: nobody is.
    /// @param title The title.
    /// @param memberId The member.
    error NominatedAlready(bytes32 title, uint32 memberId);

    /// @notice Nothing came to the member by another's act, or it has acted on the title since.
    /// @param title The title.
    /// @param memberId The member.
    error NothingToReject(bytes32 title, uint32 memberId);

    /// @notice The time to reject is over.
    /// @param title The title.
    /// @param rejectBy Its last second.
    /// @param time The time of the block.
    error RejectionLapsed(bytes32 title, uint40 rejectBy, uint256 time);

    /// @notice Titles are pledged to banks.
    /// @param title The title.
    /// @param memberId Whom the holder named.
    error PledgeeNotABank(bytes32 title, uint32 memberId);

    /// @notice Not as many titles as a presentation can have.
    /// @param count How many were given.
    /// @param most The most; the least is one.
    error TitlesOutOfBounds(uint256 count, uint256 most);

    /// @notice A list names at least one title.
    error NoTitles();

    /// @notice Only the contracts named at deployment take titles into custody.
    /// @param caller Who tried.
    error NotCustodian(address caller);

    /// @notice Another contract has the title in custody.
    /// @param title The title.
    /// @param custodian The contract that has it.
    error NotItsCustodian(bytes32 title, address custodian);

    /// @notice The title is in custody for something else.
    /// @param title The title.
    /// @param record What it would have to be kept for.
    error NotKeptFor(bytes32 title, bytes32 record);

    /// @notice Only the facades that the workshop created speak for others.
    /// @param caller Who tried.
    error NotFacade(address caller);

    /// @notice Issues a title (T1; MLETR art. 10). Needs CARRY, in standing, as do the keys of those whom it names; a pause
    /// of new business strands no goods that are shipped under credits that run.
    /// @param given What is issued.
    /// @return title The title.
    function issue(TitleIssuance calldata given) external returns (bytes32 title);

    /// @notice Issues titles (T1). Needs CARRY, in standing.
    /// @param given What is issued, at least one.
    function issueBatch(TitleIssuance[] calldata given) external;

    /// @notice Names to whom the holder may endorse, or nobody any more (T2). Needs TITLE, the beneficiary's.
    /// @param title The title, to order.
    /// @param nominee An account of the nominee with TITLE; zero for nobody.
    /// @param remark Commitment to a remark; 0 for none.
    function nominate(bytes32 title, address nominee, bytes32 remark) external;

    /// @notice Endorses the title; possession stays (T3; MLETR art. 15; DCSA BL 3). Needs TITLE, the holder's.
    /// @param title The title, not straight; the holder's own, in blank, or with the endorsee nominated.
    /// @param to An account of the endorsee with TITLE; zero in blank.
    /// @param form To order if the endorsee may endorse on, straight if not, blank for nobody.
    /// @param remark Commitment to a remark; 0 for none.
    function endorseTitle(bytes32 title, address to, TitleForm form, bytes32 remark) external;

    /// @notice Moves possession; the right stays (T4; MLETR art. 11(2); DCSA BL 3). Needs TITLE, the holder's.
    /// @param title The title.
    /// @param to An account of the new holder with TITLE.
    /// @param remark Commitment to a remark; 0 for none.
    function transferHolder(bytes32 title, address to, bytes32 remark) external;

    /// @notice Endorses the title and moves possession (T5, which is T3 and T4 in one). Needs TITLE, the holder's.
    /// @param title The title, as for an endorsement.
    /// @param to An account of the endorsee with TITLE; zero in blank.
    /// @param form As for an endorsement.
    /// @param holder An account of the new holder with TITLE.
    /// @param remark Commitment to a remark; 0 for none.
    function transferBoth(bytes32 title, address to, TitleForm form, address holder, bytes32 remark) external;

    /// @notice Gives possession back to where it came from (T6). Needs TITLE, the holder's.
    /// @param title The title.
    /// @param remark Commitment to a remark; 0 for none.
    function rejectHolder(bytes32 title, bytes32 remark) external;

    /// @notice Undoes the endorsement (T7). Needs TITLE, the beneficiary's.
    /// @param title The title.
    /// @param remark Commitment to a remark; 0 for none.
    function rejectBeneficiary(bytes32 title, bytes32 remark) external;

    /// @notice Gives both back (T8, which is T6 and T7 in one). Needs TITLE, of who is both.
    /// @param title The title.
    /// @param remark Commitment to a remark; 0 for none.
    function rejectBoth(bytes32 title, bytes32 remark) external;

    /// @notice Gives possession to a bank as security, until it releases it (T9). Needs TITLE, of who is holder and
    /// beneficiary, or holder in blank.
    /// @param title The title.
    /// @param to An account of the bank with TITLE.
    /// @param remark Commitment to a remark; 0 for none.
    function pledge(bytes32 title, address to, bytes32 remark) external;

    /// @notice Gives possession back to the pledgor (T10). Needs TITLE, the bank's.
    /// @param title The title.
    /// @param remark Commitment to a remark; 0 for none.
    function releasePledge(bytes32 title, bytes32 remark) external;

    /// @notice Surrenders the title to its carrier (T11; DCSA BL 3 SREQ, AREQ; MLETR art. 18 for paper). Needs TITLE, of
    /// who is holder and beneficiary, or holder in blank; of a straight title the holder's but for delivery.
    /// @param title The title.
    /// @param purpose What for.
    /// @param remark Commitment to a remark; 0 for none.
    function surrender(bytes32 title, SurrenderPurpose purpose, bytes32 remark) external;

    /// @notice Accepts a surrender (T13 to T15; DCSA BL 3 SURR). Needs CARRY, the issuer's.
    /// @param title The title.
    /// @param remark Commitment to a remark; 0 for none.
    function acceptSurrender(bytes32 title, bytes32 remark) external;

    /// @notice Rejects a surrender (T12; DCSA BL 3 SREJ). Needs CARRY, the issuer's.
    /// @param title The title.
    /// @param remark Commitment to a remark; 0 for none.
    function rejectSurrender(bytes32 title, bytes32 remark) external;

    /// @notice Puts a title into circulation again under an amended document, with those who surrendered it (T16; MLETR
    /// art. 16). Needs CARRY, the issuer's.
    /// @param title The title.
    /// @param document Commitment to the document; the former one if nothing was amended after all.
    /// @param remark Commitment to a remark; 0 for none.
    function restore(bytes32 title, bytes32 document, bytes32 remark) external;

    /// @notice Puts a title in the place of its paper again (T17; MLETR art. 17). Needs CARRY, the issuer's.
    /// @param title The title.
    /// @param given Who gave the paper back, whose it is, its form and its document; the reference is not read.
    function returnFromPaper(bytes32 title, TitleIssuance calldata given) external;

    /// @notice Acts on titles in one way, all or none. Needs what the act needs.
    /// @param titles The titles, at least one.
    /// @param given The act.
    function instruct(bytes32[] calldata titles, TitleInstruction calldata given) external;

    /// @notice Acts on the title of a facade, for the account that called it. Needs what the act needs, of that account.
    /// @param actor The account that called the facade.
    /// @param given The act.
    function instructFor(address actor, TitleInstruction calldata given) external;

    /// @notice Presents documents with titles, which go into custody (T18; ITitleCustody, K1). In flight; needs PRESENT and
    /// TITLE, the presenter's.
    /// @dev All that IPresentations.lodge says holds.
    /// @param lodging All that is presented.
    /// @param titles The titles, 1 to 63: held by the presenter, made out to it, to the bank that examines or in blank.
    /// @return presentationId The presentation.
    function presentDocuments(Lodging calldata lodging, bytes32[] calldata titles)
        external
        returns (bytes32 presentationId);

    /// @notice Pays an obligation, and hands over the titles that were presented (T20; ITitleCustody, K3): both or neither. In
    /// flight; needs PAY and TITLE, the debtor's.
    /// @dev All that IPaymentObligations.pay says holds.
    /// @param obligationId The obligation.
    /// @param titles All its titles.
    function payForTitles(bytes32 obligationId, bytes32[] calldata titles) external;

    /// @notice Takes titles into custody (T18); only the contracts named at deployment may, with the depositor's consent,
    /// which is theirs to see to.
    /// @param titles The titles.
    /// @param depositor The holder.
    /// @param to The other side: a title may be made out to the depositor, to it or in blank.
    /// @param record What they are kept for; the titles leave for the same alone.
    function deposit(bytes32[] calldata titles, uint32 depositor, uint32 to, bytes32 record) external;

    /// @notice Gives titles back to their depositors (T19); only the contract that has them may. An endorsement to the
    /// other side that it could still reject is undone: what was endorsed for a presentation comes back with it. From a
    /// delivery it is not: a holder could undo what is another's by offering it.
    /// @param titles The titles.
    /// @param record What they are kept for.
    function giveBack(bytes32[] calldata titles, bytes32 record) external;

    /// @notice Gives titles to the other side (T20); only the contract that has them may. What is to the order of the
    /// depositor is to the order of the other side from now on.
    /// @param titles The titles.
    /// @param to The other side, which the contract knows to have a live key with TITLE.
    /// @param record What they are kept for.
    function handOver(bytes32[] calldata titles, uint32 to, bytes32 record) external;

    /// @notice Lets titles in custody follow documents that a bank sent on (T21); only the contract that has titles in
    /// custody for presentations may. What is to the order of that bank is to the order of the next: it sent the title on.
    /// @param titles The titles.
    /// @param record What they are kept for.
    /// @param onward What they are kept for from now on.
    /// @param bank The bank that sent them on.
    /// @param to The bank that received them.
    function letGoOn(bytes32[] calldata titles, bytes32 record, bytes32 onward, uint32 bank, uint32 to) external;

    /// @notice A title as it stands.
    /// @param title The title.
    /// @return The title; all zero if it was never issued.
    function titleOf(bytes32 title) external view returns (Title memory);

    /// @notice Who controls a title: one member or one custodian, and nobody once it ended or went to paper (MLETR art. 10,
    /// 11).
    /// @param title The title.
    /// @return memberId The holder, or the carrier to which the title is surrendered; 0 if it is no member.
    /// @return custodian The contract that has it in custody; zero if none has.
    function controllerOf(bytes32 title) external view returns (uint32 memberId, address custodian);

    /// @notice The title of a reference.
    /// @param issuer The carrier.
    /// @param transportReference Commitment to the transport document's reference.
    /// @return title The title, issued or not.
    function titleIdOf(uint32 issuer, bytes32 transportReference) external pure returns (bytes32 title);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The workshop of the facades.
    /// @return The contract.
    function facades() external view returns (ITitleFacades);

    /// @notice The presentations.
    /// @return The contract.
    function presentations() external view returns (IPresentations);

    /// @notice The obligations.
    /// @return The contract.
    function obligations() external view returns (IPaymentObligations);

    /// @notice The contract that has titles in custody for presentations.
    /// @return The address.
    function custody() external view returns (address);

    /// @notice The contract that delivers titles against payment.
    /// @return The address; zero in a suite that has none.
    function deliveries() external view returns (address);
}

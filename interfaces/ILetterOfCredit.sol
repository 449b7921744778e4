// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @notice Where a credit stands. Advised, confirmed, stayed and transferable are flags beside it, not states. `Expired` is
/// never stored: time makes it true.
enum CreditState {
    None,
    PreAdvised,
    Issued,
    Cancelled,
    Expired
}

/// @notice How a credit is available (UCP 600 art. 6(b)).
enum Availability {
    None,
    SightPayment,
    DeferredPayment,
    Acceptance,
    Negotiation,
    Mixed
}

/// @notice What a usance counts from.
enum MaturityFrom {
    // Payable at sight: no usance.
    None,
    Sight,
    Shipment,
    // Nothing: the credit fixes the day of maturity.
    FixedDate
}

/// @notice What a credit is issued with: the numbers of the credit; its text travels off chain, bound by `terms`.
struct Issuance {
    // The issuing bank's reference, field 20: up to 16 ASCII characters, zero-padded on the right.
    bytes16 bankReference;
    // The parties by member number; 0 for one that is no member, or not named.
    uint32 applicant;
    uint32 beneficiary;
    uint32 advisingBank;
    uint32 secondAdvisingBank;
    uint32 nominatedBank;
    uint32 confirmingBank;
    uint32 reimbursingBank;
    // In minor units of the currency, field 32B.
    uint64 amount;
    // ISO 4217 number.
    uint16 currency;
    // Percent, field 39A.
    uint8 plusTolerance;
    uint8 minusTolerance;
    // Days since 1970-01-01, fields 31D and 44C; latest shipment 0 if the credit states none.
    uint16 expiry;
    uint16 latestShipment;
    // Days after shipment, field 48; 0 if the credit is silent (UCP 600 art. 14(c) then gives 21).
    uint16 presentationPeriod;
    // Days of the usance, or the day of maturity itself; 0 at sight.
    uint16 tenor;
    MaturityFrom tenorFrom;
    Availability availability;
    // Field 40A says transferable (UCP 600 art. 38).
    bool transferable;
    // Field 43P forbids partial drawings (UCP 600 art. 31).
    bool partialForbidden;
    // Field 41a names any bank.
    bool anyBank;
    // The rules of UCP 600 that the credit excludes or modifies (art. 1): bits of the library CreditSwitches.
    uint16 switches;
    // Salted commitment to all terms.
    bytes32 terms;
}

/// @notice A credit as it stands.
struct Credit {
    CreditState state;
    bool advised;
    bool secondAdvised;
    uint32 issuingBank;
    // Drawings honoured or due, in minor units.
    uint64 drawn;
    Issuance issuance;
}

/// @title Letters of credit: the credit itself and what has been drawn under it.
/// @notice Irrevocable (UCP 600 art. 3, 7(b), 10(a)): no function of anybody changes or cancels a credit alone.
///
/// | row | from | act | by | to |
/// |---|---|---|---|---|
/// | A4 | None | issue | issuing bank | Issued |
/// | A5 | Issued | advise | advising bank | Issued, advised |
/// | A5a | Issued, advised | advise | second advising bank | Issued, advised by both |
/// | – | Issued | draw | Presentations, when an obligation arises | Issued, more drawn |
interface ILetterOfCredit {
    /// @notice A credit was issued; its issuing bank is bound from now on (UCP 600 art. 7(b)).
    /// @param creditId Derived from the issuing bank and its reference.
    /// @param issuingBank The issuing bank.
    /// @param beneficiary The beneficiary, 0 if it is no member.
    /// @param issuance All it was issued with.
    event CreditIssued(
        bytes32 indexed creditId, uint32 indexed issuingBank, uint32 indexed beneficiary, Issuance issuance
    );

    /// @notice A credit was advised (UCP 600 art. 9).
    /// @param creditId The credit.
    /// @param advisingBank The bank that advised it.
    /// @param apparentlyAuthentic Whether the bank satisfied itself of the apparent authenticity (art. 9(b), (c)), or
    /// advises without that and says so (art. 9(f)).
    event CreditAdvised(bytes32 indexed creditId, uint32 indexed advisingBank, bool apparentlyAuthentic);

    /// @notice The issuing bank has used this reference before (idempotence: the credit exists).
    /// @param creditId The credit.
    error CreditExists(bytes32 creditId);

    /// @notice There is no such credit.
    /// @param creditId The number given.
    error UnknownCredit(bytes32 creditId);

    /// @notice The credit has no reference.
    error MissingReference();

    /// @notice The amount is zero, or with its tolerance larger than can be counted.
    /// @param amount The amount, in minor units.
    /// @param plusTolerance Percent.
    error BadAmount(uint64 amount, uint8 plusTolerance);

    /// @notice The currency number is none of ISO 4217.
    /// @param currency The number given.
    error BadCurrency(uint16 currency);

    /// @notice A tolerance has more than two digits (field 39A).
    /// @param plusTolerance Percent.
    /// @param minusTolerance Percent.
    error BadTolerance(uint8 plusTolerance, uint8 minusTolerance);

    /// @notice The credit would have expired before it is issued (UCP 600 art. 6(d)), wherever its place.
    /// @param expiry The expiry, days since 1970-01-01.
    /// @param time The time of the block.
    error ExpiryPassed(uint16 expiry, uint256 time);

    /// @notice This version carries credits that are available by sight payment.
    /// @param availability What was asked for.
    error AvailabilityNotCarried(Availability availability);

    /// @notice A credit at sight has no usance, and the terms must be committed to.
    /// @param tenor The days given.
    /// @param terms The commitment given.
    error BadTerms(uint16 tenor, bytes32 terms);

    /// @notice The caller's member is not named to advise this credit, or not yet: the second bank follows the first.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotAdvisingBank(bytes32 creditId, uint32 memberId);

    /// @notice The bank has advised this credit before.
    /// @param creditId The credit.
    /// @param memberId The bank.
    error AdvisedAlready(bytes32 creditId, uint32 memberId);

    /// @notice Only the contract of presentations draws.
    /// @param caller Who tried.
    error NotPresentations(address caller);

    /// @notice More is demanded than the credit still has (UCP 600 art. 18(b), 30).
    /// @param creditId The credit.
    /// @param demanded The demand, in minor units.
    /// @param available What may still be drawn, in minor units.
    error Overdrawn(bytes32 creditId, uint64 demanded, uint64 available);

    /// @notice There is no such amendment.
    /// @param creditId The credit.
    /// @param number The number given.
    error UnknownAmendment(bytes32 creditId, uint256 number);

    /// @notice Nothing is left to draw.
    /// @param creditId The credit.
    error NothingToDraw(bytes32 creditId);

    /// @notice Issues a credit; the caller's member is its issuing bank. New business; needs ISSUE.
    /// @dev UCP 600 art. 6, 7(b). Reverts on a date only if the credit had expired (credit machine, row A4).
    /// @param issuance All it is issued with.
    /// @return creditId Its number.
    function issue(Issuance calldata issuance) external returns (bytes32 creditId);

    /// @notice Advises a credit. In flight; needs ADVISE, the advising bank's or then the second advising bank's.
    /// @dev UCP 600 art. 9(a) to (c), (f).
    /// @param creditId The credit.
    /// @param apparentlyAuthentic Whether the bank satisfied itself of the apparent authenticity.
    function advise(bytes32 creditId, bool apparentlyAuthentic) external;

    /// @notice Counts a drawing of exactly the demand; only Presentations may, whose events tell of it.
    /// @dev UCP 600 art. 18(b), 30: reverts on more than is available.
    /// @param creditId The credit.
    /// @param bank The bank that undertakes to pay it: its own numbers bind it.
    /// @param demanded The demand, in minor units.
    /// @return numbers The credit's numbers as they bind the bank, after the drawing.
    function draw(bytes32 creditId, uint32 bank, uint64 demanded) external returns (uint256 numbers);

    /// @notice Counts a drawing of the demand or of what is left, whichever is less; only Presentations may, whose events
    /// tell of it.
    /// @dev UCP 600 art. 16(f) with art. 18(b): preclusion cures discrepancies, not the credit amount.
    /// @param creditId The credit.
    /// @param bank The bank that undertakes to pay it: its own numbers bind it.
    /// @param demanded The demand, in minor units.
    /// @return amount The drawing, in minor units.
    /// @return numbers The credit's numbers as they bind the bank, after the drawing.
    function drawUpTo(bytes32 creditId, uint32 bank, uint64 demanded) external returns (uint64 amount, uint256 numbers);

    /// @notice Accepts amendments by a presentation that complies with the terms as they change them; only Presentations
    /// may, whose events tell of it. A cancellation is never accepted so.
    /// @dev UCP 600 art. 10(c).
    /// @param creditId The credit.
    /// @param amendments Bit n for amendment n; accepted in the order of their numbers.
    function acceptByPresentation(bytes32 creditId, uint256 amendments) external;

    /// @notice The two words of a credit, as the library CreditWords draws them, for contracts that read several fields.
    /// Reverts if there is no such credit.
    /// @dev UCP 600 art. 10(b): a confirming bank that did not extend its confirmation to an accepted amendment stays bound
    /// by its own numbers; what is drawn, the flags and the state are the credit's.
    /// @param creditId The credit.
    /// @param bank The bank whose undertaking is asked about.
    /// @return parties The parties, by member number.
    /// @return numbers The amounts, dates, state and flags as they bind the bank.
    function wordsOf(bytes32 creditId, uint32 bank) external view returns (uint256 parties, uint256 numbers);

    /// @notice Until when a court stays payment under a credit. It concerns payment alone: no clock stops.
    /// @param creditId The credit.
    /// @return until Last second of the stay, Unix time; 0 or in the past if there is none.
    function stayOf(bytes32 creditId) external view returns (uint40 until);

    /// @notice A credit as it stands; its reference is not stored and comes back empty. Reverts if there is none.
    /// @param creditId The credit.
    /// @return What is on record.
    function credit(bytes32 creditId) external view returns (Credit memory);

    /// @notice Where a credit stands.
    /// @param creditId The credit.
    /// @return The state; None if there is no such credit.
    function stateOf(bytes32 creditId) external view returns (CreditState);

    /// @notice The number of the credit that a bank has issued, or would issue, under a reference.
    /// @param issuingBank The bank.
    /// @param bankReference Its reference.
    /// @return creditId The number.
    function creditIdOf(uint32 issuingBank, bytes16 bankReference) external pure returns (bytes32 creditId);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The contract that draws.
    /// @return The address.
    function presentations() external view returns (address);
}

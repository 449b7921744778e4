// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Amounts} from "contracts/libraries/Amounts.sol";
import {CreditWord, CreditWords, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {TransferRequest, TransferredTerm} from "interfaces/ICreditTransfers.sol";

/// @title The rules of UCP 600 art. 38(g): what a transferred part may differ in.
/// @notice Pure; a part copies its credit, confirmation included, and only shrinks.
library TransferRules {
    /// @dev What a part has of its credit's flags.
    uint256 private constant COPIED = CreditWords.PARTIAL_FORBIDDEN | CreditWords.CONFIRMED | CreditWords.STAYED;
    /// @dev The flags of a credit, with its switches between them left out.
    uint256 private constant FLAGS = 0xfff << 234 | 3 << 254;
    /// @dev Drawings, amount, expiry, latest shipment, period; version and amendments.
    uint256 private constant OWN = (1 << 170) - 1 | 0xffff << 184;

    /// @notice In which term a part would be wider than its credit, if in any.
    /// @param credit The numbers of the credit, as they bind a bank.
    /// @param request What is asked for.
    /// @return wider Whether it would.
    /// @return term In which, the first of them.
    function isWider(CreditWord credit, TransferRequest memory request)
        internal
        pure
        returns (bool wider, TransferredTerm term)
    {
        uint256 most = Amounts.ceiling(request.amount, credit.plusTolerance());
        if (request.amount == 0 || most > request.share) return (true, TransferredTerm.Amount);
        if (request.expiry > credit.expiry()) return (true, TransferredTerm.Expiry);
        if (isLater(request.latestShipment, credit.latestShipment())) return (true, TransferredTerm.LatestShipment);
        if (isLonger(request.presentationPeriod, credit)) return (true, TransferredTerm.PresentationPeriod);
    }

    /// @notice Whether a latest shipment is later than another; where none is stated there is no end.
    /// @param latest Day, 0 for none.
    /// @param bound Day, 0 for none.
    /// @return Whether it is.
    function isLater(uint16 latest, uint16 bound) internal pure returns (bool) {
        return bound != 0 && (latest == 0 || latest > bound);
    }

    /// @notice Whether a period for presentation is longer than a credit's (UCP 600 art. 14(c) where silent).
    /// @param period Days, 0 if silent.
    /// @param credit The numbers of the credit.
    /// @return Whether it is.
    function isLonger(uint16 period, CreditWord credit) internal pure returns (bool) {
        uint256 bound = credit.periodFor(credit.statedPeriod());
        return bound != 0 && (credit.periodFor(period) == 0 || credit.periodFor(period) > bound);
    }

    /// @notice The numbers of a part.
    /// @param credit The numbers of the credit.
    /// @param request What is asked for, no wider than the credit.
    /// @return The numbers, undrawn.
    function part(CreditWord credit, TransferRequest memory request) internal pure returns (CreditWord) {
        uint256 bits = CreditWord.unwrap(credit);
        bits = bits & ~(OWN | FLAGS) | bits & COPIED | CreditWords.PART;
        return CreditWord.wrap(
            bits | uint256(request.amount) << 64 | uint256(request.expiry) << 128 | uint256(request.latestShipment)
                << 144 | uint256(request.presentationPeriod) << 160
        );
    }

    /// @notice The parties of a part: what is asked for in the places of a credit's parties. A bank that is asked to confirm,
    /// and has not, is none of them.
    /// @param parties The parties of the credit.
    /// @param credit Its numbers.
    /// @param request What is asked for.
    /// @return The parties.
    function partiesOf(PartiesWord parties, CreditWord credit, TransferRequest memory request)
        internal
        pure
        returns (PartiesWord)
    {
        uint256 applicant = request.replacesApplicant ? parties.beneficiary() : parties.applicant();
        uint256 confirmingBank = credit.has(CreditWords.CONFIRMED) ? parties.confirmingBank() : 0;
        return PartiesWord.wrap(
            uint256(parties.issuingBank()) << 224 | applicant << 192 | uint256(request.secondBeneficiary) << 160
                | uint256(request.secondBank) << 128 | uint256(request.transferringBank) << 64 | confirmingBank << 32
                | parties.reimbursingBank()
        );
    }

    /// @notice What an increase may add to what can be drawn, at most.
    /// @param increase Minor units.
    /// @param credit The numbers of the part.
    /// @return Minor units, rounded up.
    function rise(uint64 increase, CreditWord credit) internal pure returns (uint256) {
        return (uint256(increase) * (100 + uint256(credit.plusTolerance())) + 99) / 100;
    }

    /// @notice The percentage of insurance that gives a transferred part the cover that the credit requires.
    /// @dev UCP 600 art. 38(g): taken from the required amount itself.
    /// @param requiredCover Minor units.
    /// @param amount The amount of the part, minor units, not 0.
    /// @return Hundredths of a percent, rounded up.
    function insurancePercentage(uint256 requiredCover, uint256 amount) internal pure returns (uint256) {
        return (requiredCover * 10_000 + amount - 1) / amount;
    }
}

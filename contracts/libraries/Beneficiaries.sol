// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {PartiesWord} from "contracts/libraries/CreditWords.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";

/// @title Who acts for a beneficiary.
/// @notice The beneficiary itself; for one that is no member the bank that advises it, under its mandate.
library Beneficiaries {
    /// @notice Reverts unless a member may act for the beneficiary of a credit.
    /// @param creditId The credit.
    /// @param parties Its parties.
    /// @param memberId The member.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    function requireActing(bytes32 creditId, PartiesWord parties, uint32 memberId, bytes32 mandate) internal pure {
        if (memberId == parties.beneficiary()) return;
        if (parties.beneficiary() != 0 || memberId != parties.beneficiaryBank()) {
            revert ILetterOfCredit.NotForBeneficiary(creditId, memberId);
        }
        if (mandate == 0) revert ILetterOfCredit.MandateMissing(creditId, memberId);
    }
}

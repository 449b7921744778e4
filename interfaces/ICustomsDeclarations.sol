// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @notice Where a customs declaration stands.
enum DeclarationStatus {
    None,
    Declared,
    Released,
    Amended,
    Withdrawn
}

/// @notice What customs attests of a declaration; its number stays inside the salted commitment.
struct Declaration {
    // The member that exports.
    uint32 exporter;
    // The greatest value of the goods, minor units of the currency.
    uint64 cap;
    // ISO 4217 number.
    uint16 currency;
    // Last second at which others rely on it, Unix time.
    uint40 validUntil;
    // The commitment to the declaration as a document.
    bytes32 document;
}

/// @notice A declaration as it stands; all zero if there is none.
struct Standing {
    DeclarationStatus status;
    // Whether others may rely on it now: it is not withdrawn, and its time is not over.
    bool inForce;
    // Since when it stands where it does, Unix time.
    uint40 changed;
    // Why it was withdrawn; else 0.
    uint16 reason;
    Declaration declaration;
}

/// @title What customs attests of declarations.
/// @notice Each has a random key that customs chooses and gives to whom it concerns, so that nobody who guesses a number
/// learns anything. A declaration is kept by customs and key: who sees a key on its way can neither take it first nor pass
/// for the customs that chose it.
///
/// ```
/// row  from                          act                              to
/// T1   none                          declare (customs)                declared
/// T2   declared, amended             release (the same customs)       released
/// T3   declared, released, amended   amend (the same customs)         amended, with other numbers
/// T4   declared, released, amended   withdraw (the same customs)      withdrawn, for ever
/// ```
///
/// What relies on a declaration asks for its standing each time: from the moment of a withdrawal it is not in force.
interface ICustomsDeclarations {
    /// @notice Customs attested a declaration (T1).
    /// @param key Its key.
    /// @param customs The member of customs.
    /// @param exporter The member that exports.
    /// @param cap The greatest value, minor units.
    /// @param currency ISO 4217 number.
    /// @param validUntil Last second, Unix time.
    /// @param document The commitment to it.
    event GoodsDeclared(
        bytes32 indexed key,
        uint32 indexed customs,
        uint32 indexed exporter,
        uint64 cap,
        uint16 currency,
        uint40 validUntil,
        bytes32 document
    );

    /// @notice Customs released the goods (T2).
    /// @param key The declaration's key.
    /// @param customs The member of customs.
    event GoodsReleased(bytes32 indexed key, uint32 indexed customs);

    /// @notice Customs amended a declaration (T3).
    /// @param key Its key.
    /// @param customs The member of customs.
    /// @param cap The greatest value from now on, minor units.
    /// @param currency ISO 4217 number.
    /// @param validUntil Last second, Unix time.
    /// @param document The commitment to it as amended.
    event DeclarationAmended(
        bytes32 indexed key, uint32 indexed customs, uint64 cap, uint16 currency, uint40 validUntil, bytes32 document
    );

    /// @notice Customs withdrew a declaration (T4).
    /// @param key Its key.
    /// @param customs The member of customs.
    /// @param reason Why, by the alliance's list of reasons.
    event DeclarationWithdrawn(bytes32 indexed key, uint32 indexed customs, uint16 reason);

    /// @notice Only a member of the kind customs attests declarations.
    /// @param memberId The member that tried.
    error NotCustoms(uint32 memberId);

    /// @notice A declaration has a key, a value above zero, a currency and a commitment.
    /// @param key The key given.
    /// @param cap The value given, minor units.
    /// @param currency The currency given.
    /// @param document The commitment given.
    error IncompleteDeclaration(bytes32 key, uint64 cap, uint16 currency, bytes32 document);

    /// @notice The customs has used the key before; another is chosen at random.
    /// @param customs The member of customs.
    /// @param key The key.
    error DeclarationExists(uint32 customs, bytes32 key);

    /// @notice The exporter of a declaration stays; another exporter has a declaration of its own.
    /// @param key The declaration's key.
    /// @param exporter The member that exports.
    error ExporterStays(bytes32 key, uint32 exporter);

    /// @notice An amendment changes something.
    /// @param key The declaration's key.
    error DeclarationUnchanged(bytes32 key);

    /// @notice The declaration of this customs does not stand where the act needs it; others have none of their own under its
    /// key.
    /// @param customs The member of customs.
    /// @param key Its key.
    /// @param actual Where it stands.
    error WrongDeclarationStatus(uint32 customs, bytes32 key, DeclarationStatus actual);

    /// @notice A withdrawal names its reason.
    /// @param key The declaration's key.
    error WithdrawnWithoutReason(bytes32 key);

    /// @notice Attests a declaration (T1). Needs ATTEST of a member of customs.
    /// @param key Its key: 32 random bytes that this customs has not used.
    /// @param declaration What is attested.
    function declare(bytes32 key, Declaration calldata declaration) external;

    /// @notice Records that the goods are released (T2). Needs ATTEST of the same customs.
    /// @param key The declaration's key.
    function release(bytes32 key) external;

    /// @notice Changes a declaration (T3). Needs ATTEST of the same customs.
    /// @param key The declaration's key.
    /// @param declaration What is attested from now on; the exporter stays.
    function amend(bytes32 key, Declaration calldata declaration) external;

    /// @notice Withdraws a declaration (T4). Needs ATTEST of the same customs.
    /// @param key The declaration's key.
    /// @param reason Why, by the alliance's list of reasons; not 0.
    function withdraw(bytes32 key, uint16 reason) external;

    /// @notice What others rely on, now.
    /// @param customs The member of customs whose word they rely on.
    /// @param key The declaration's key.
    /// @return The declaration as it stands, all zero if there is none.
    function standing(uint32 customs, bytes32 key) external view returns (Standing memory);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DeclarationWord, DeclarationWords} from "contracts/libraries/DeclarationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {Declaration, DeclarationStatus, ICustomsDeclarations, Standing} from "interfaces/ICustomsDeclarations.sol";

/// @title What customs attests of declarations.
/// @notice See ICustomsDeclarations.
contract CustomsDeclarations is ICustomsDeclarations {
    /// @dev A declaration takes two slots.
    struct Record {
        DeclarationWord word;
        bytes32 document;
    }

    /* IMMUTABLES */

    /// @inheritdoc ICustomsDeclarations
    IAllianceRegistry public immutable registry;

    /* STORAGE */

    // Written where a function was given its place in storage.
    // slither-disable-next-line uninitialized-state
    mapping(uint32 customs => mapping(bytes32 key => Record)) private _declarations;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    constructor(IAllianceRegistry registry_) {
        registry = registry_;
    }

    /* DECLARATIONS */

    /// @inheritdoc ICustomsDeclarations
    function declare(bytes32 key, Declaration calldata declaration) external {
        uint32 customs = registry.memberInStanding(msg.sender, Roles.ATTEST);
        if (registry.member(customs).kind != MemberKind.Customs) revert NotCustoms(customs);
        _requireComplete(key, declaration);
        if (_record(customs, key).word.status() != DeclarationStatus.None) revert DeclarationExists(customs, key);
        if (!registry.isActive(declaration.exporter)) revert IAllianceRegistry.PartyNotActive(declaration.exporter);

        _put(customs, key, declaration, DeclarationStatus.Declared);
        emit GoodsDeclared(
            key,
            customs,
            declaration.exporter,
            declaration.cap,
            declaration.currency,
            declaration.validUntil,
            declaration.document
        );
    }

    /// @inheritdoc ICustomsDeclarations
    function release(bytes32 key) external {
        (uint32 customs, DeclarationWord word) = _own(key);
        if (word.status() == DeclarationStatus.Released) revert WrongDeclarationStatus(customs, key, word.status());

        _record(customs, key).word = word.moved(DeclarationStatus.Released, 0, block.timestamp);
        emit GoodsReleased(key, customs);
    }

    /// @inheritdoc ICustomsDeclarations
    function amend(bytes32 key, Declaration calldata declaration) external {
        (uint32 customs, DeclarationWord word) = _own(key);
        _requireComplete(key, declaration);
        if (declaration.exporter != word.exporter()) revert ExporterStays(key, word.exporter());
        bytes32 before = _record(customs, key).document;
        DeclarationWord changed = _put(customs, key, declaration, DeclarationStatus.Amended);
        if (changed.sameNumbers(word) && declaration.document == before) revert DeclarationUnchanged(key);

        emit DeclarationAmended(
            key, customs, declaration.cap, declaration.currency, declaration.validUntil, declaration.document
        );
    }

    /// @inheritdoc ICustomsDeclarations
    function withdraw(bytes32 key, uint16 reason) external {
        (uint32 customs, DeclarationWord word) = _own(key);
        if (reason == 0) revert WithdrawnWithoutReason(key);

        _record(customs, key).word = word.moved(DeclarationStatus.Withdrawn, reason, block.timestamp);
        emit DeclarationWithdrawn(key, customs, reason);
    }

    /* VIEWS */

    /// @inheritdoc ICustomsDeclarations
    function standing(uint32 customs, bytes32 key) external view returns (Standing memory) {
        Record storage record = _record(customs, key);
        return record.word.unpack(record.document, block.timestamp);
    }

    /* INTERNALS */

    /// @dev Each customs has keys of its own.
    function _record(uint32 customs, bytes32 key) private view returns (Record storage) {
        return _declarations[customs][key];
    }

    function _put(uint32 customs, bytes32 key, Declaration calldata declaration, DeclarationStatus status)
        private
        returns (DeclarationWord word)
    {
        word = DeclarationWords.pack(declaration, status, block.timestamp);
        Record storage record = _record(customs, key);
        record.word = word;
        record.document = declaration.document;
    }

    /// @dev Who acts, and its declaration, which is not withdrawn. Of others it has none under this key.
    function _own(bytes32 key) private view returns (uint32 customs, DeclarationWord word) {
        customs = registry.actingMemberOf(msg.sender, Roles.ATTEST);
        word = _record(customs, key).word;
        DeclarationStatus current = word.status();
        if (current == DeclarationStatus.None || current == DeclarationStatus.Withdrawn) {
            revert WrongDeclarationStatus(customs, key, current);
        }
    }

    function _requireComplete(bytes32 key, Declaration calldata declaration) private view {
        if (key == 0 || declaration.cap == 0 || declaration.currency == 0 || declaration.document == 0) {
            revert IncompleteDeclaration(key, declaration.cap, declaration.currency, declaration.document);
        }
        if (declaration.validUntil <= block.timestamp) {
            revert IAllianceRegistry.NotInFuture(declaration.validUntil, block.timestamp);
        }
    }
}

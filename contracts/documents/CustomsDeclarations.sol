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

    mapping(bytes32 key => Record) private _declarations;

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
        if (_declarations[key].word.customs() != 0) revert DeclarationExists(key);
        if (!registry.isActive(declaration.exporter)) revert IAllianceRegistry.PartyNotActive(declaration.exporter);

        _put(key, declaration, customs, DeclarationStatus.Declared);
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
        if (word.status() == DeclarationStatus.Released) revert WrongDeclarationStatus(key, word.status());

        _declarations[key].word = word.moved(DeclarationStatus.Released, 0, block.timestamp);
        emit GoodsReleased(key, customs);
    }

    /// @inheritdoc ICustomsDeclarations
    function amend(bytes32 key, Declaration calldata declaration) external {
        (uint32 customs, DeclarationWord word) = _own(key);
        _requireComplete(key, declaration);
        if (declaration.exporter != word.exporter()) revert ExporterStays(key, word.exporter());
        bytes32 before = _declarations[key].document;
        DeclarationWord changed = _put(key, declaration, customs, DeclarationStatus.Amended);
        if (changed.sameNumbers(word) && declaration.document == before) revert DeclarationUnchanged(key);

        emit DeclarationAmended(
            key, customs, declaration.cap, declaration.currency, declaration.validUntil, declaration.document
        );
    }

    /// @inheritdoc ICustomsDeclarations
    function withdraw(bytes32 key, uint16 reason) external {
        (uint32 customs, DeclarationWord word) = _own(key);
        if (reason == 0) revert WithdrawnWithoutReason(key);

        _declarations[key].word = word.moved(DeclarationStatus.Withdrawn, reason, block.timestamp);
        emit DeclarationWithdrawn(key, customs, reason);
    }

    /* VIEWS */

    /// @inheritdoc ICustomsDeclarations
    function standing(bytes32 key) external view returns (Standing memory) {
        Record storage record = _declarations[key];
        return record.word.unpack(record.document, block.timestamp);
    }

    /* INTERNALS */

    function _put(bytes32 key, Declaration calldata declaration, uint32 customs, DeclarationStatus status)
        private
        returns (DeclarationWord word)
    {
        word = DeclarationWords.pack(declaration, customs, status, block.timestamp);
        _declarations[key] = Record({word: word, document: declaration.document});
    }

    /// @dev Who acts, and the declaration, which is its own and not withdrawn.
    function _own(bytes32 key) private view returns (uint32 customs, DeclarationWord word) {
        customs = registry.actingMemberOf(msg.sender, Roles.ATTEST);
        word = _declarations[key].word;
        DeclarationStatus current = word.status();
        if (current == DeclarationStatus.None) revert WrongDeclarationStatus(key, current);
        if (customs != word.customs()) revert NotItsCustoms(key, word.customs(), customs);
        if (current == DeclarationStatus.Withdrawn) revert WrongDeclarationStatus(key, current);
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

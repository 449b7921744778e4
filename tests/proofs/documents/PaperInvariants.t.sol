// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DeclarationStatus, Standing} from "interfaces/ICustomsDeclarations.sol";
import {DocumentRecord, DocumentStatus, IDocumentRegistry, Inclusion} from "interfaces/IDocumentRegistry.sol";
import {
    Answer,
    CARRIER,
    CUSTOMS,
    DeclarationStory,
    GrantStory,
    PaperActs,
    PaperStory,
    Reading,
    SECOND_CUSTOMS,
    TRADER
} from "tests/proofs/documents/PaperActs.t.sol";

/// @title What holds of documents, declarations and grants.
contract PaperInvariants {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    PaperActs private _acts;

    function setUp() external {
        _acts = new PaperActs();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_acts);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[20] memory all = [
            _acts.registerDocument.selector,
            _acts.registerRoot.selector,
            _acts.registerRoot.selector,
            _acts.supersede.selector,
            _acts.supersede.selector,
            _acts.revokeDocument.selector,
            _acts.revokeLeaf.selector,
            _acts.ask.selector,
            _acts.declare.selector,
            _acts.declare.selector,
            _acts.releaseGoods.selector,
            _acts.amendDeclaration.selector,
            _acts.withdrawDeclaration.selector,
            _acts.publishKey.selector,
            _acts.share.selector,
            _acts.share.selector,
            _acts.unshare.selector,
            _acts.askReader.selector,
            _acts.changeStanding.selector,
            _acts.letTimePass.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector({addr: address(_acts), selectors: new bytes4[](all.length)});
        for (uint256 i; i < all.length; ++i) {
            targets[0].selectors[i] = all[i];
        }
    }

    function invariant_D01_whatEndedNeverStandsAgain() external view {
        for (uint256 i; i < _acts.papers(); ++i) {
            PaperStory memory story = _acts.paper(i);
            if (story.ended == 0) continue;
            DocumentRecord memory found = _documents().documentOf(story.issuer, story.root);
            assert(found.ended == story.ended && found.reason == story.reason);
            DocumentStatus stands = story.reason == 0 ? DocumentStatus.Superseded : DocumentStatus.Revoked;
            assert(_documents().statusAt(story.issuer, story.root, block.timestamp) == stands);
            assert(_documents().successorOf(story.issuer, story.root) == story.successor);
        }
    }

    function invariant_D02_nobodyButItsIssuerChangesARecord() external view {
        for (uint256 i; i < _acts.papers(); ++i) {
            bytes32 root = _acts.paper(i).root;
            for (uint32 issuer = CUSTOMS; issuer <= CARRIER + 1; ++issuer) {
                DocumentRecord memory found = _documents().documentOf(issuer, root);
                PaperStory memory told;
                if (_acts.placeOf(issuer, root) != 0) told = _acts.paper(_acts.placeOf(issuer, root) - 1);
                assert(found.registered == told.registered && found.ended == told.ended);
                assert(found.reason == told.reason && found.kind == told.kind);
                assert(found.size == told.size && found.expires == told.expires);
            }
        }
    }

    function invariant_D03_whereADocumentStoodNeverChanges() external view {
        for (uint256 i; i < _acts.answers(); ++i) {
            Answer memory given = _acts.answer(i);
            assert(_documents().statusAt(given.issuer, given.root, given.instant) == given.stood);
        }
    }

    function invariant_D04_oneOfABatchIsRevokedUnderItAlone() external view {
        for (uint256 i; i < _acts.papers(); ++i) {
            PaperStory memory story = _acts.paper(i);
            if (story.size != 2) continue;
            DocumentStatus stands = _documents().statusAt(story.issuer, story.root, block.timestamp);
            assert(_leafStatus(story, story.right, _acts.rightProof(story)) == stands);
            if (story.leftIsRevoked) stands = DocumentStatus.Revoked;
            assert(_leafStatus(story, story.left, _acts.leftProof(story)) == stands);
        }
    }

    function invariant_D05_whatABatchHoldsIsFoundAndNothingElse() external view {
        for (uint256 i; i < _acts.papers(); ++i) {
            PaperStory memory story = _acts.paper(i);
            if (story.size != 2) continue;
            (Inclusion memory left, Inclusion memory right) = (_acts.leftProof(story), _acts.rightProof(story));
            assert(_isIncluded(story, story.left, left) && _isIncluded(story, story.right, right));
            // A leaf in the place of a document, and the root, which is no document of itself.
            assert(!_isIncluded(story, _acts.leaf(story.left), left) && !_isIncluded(story, story.right, left));
            Inclusion memory nothing;
            assert(!_isIncluded(story, story.root, nothing));
        }
    }

    function invariant_D06_outOfStandingNobodyComesToMoreDocuments() external view {
        assert(!_acts.grown());
    }

    function invariant_D07_aWithdrawnDeclarationStaysWithdrawn() external view {
        for (uint256 i; i < _acts.declared(); ++i) {
            DeclarationStory memory story = _acts.declaration(i);
            if (story.status != DeclarationStatus.Withdrawn) continue;
            Standing memory found = _acts.declarations().standing(story.customs, story.key);
            assert(found.status == DeclarationStatus.Withdrawn && !found.inForce && found.reason == story.reason);
        }
    }

    function invariant_D08_aDeclarationIsWhatItsCustomsSaidLast() external view {
        for (uint256 i; i < _acts.declared(); ++i) {
            bytes32 key = _acts.declaration(i).key;
            for (uint32 customs = CUSTOMS; customs <= TRADER; ++customs) {
                Standing memory found = _acts.declarations().standing(customs, key);
                DeclarationStory memory told;
                uint256 place = _acts.declarationAt(customs, key);
                if (place != 0) told = _acts.declaration(place - 1);
                assert(customs <= SECOND_CUSTOMS || found.status == DeclarationStatus.None);
                assert(found.status == told.status);
                assert(keccak256(abi.encode(found.declaration)) == keccak256(abi.encode(told.given)));
            }
        }
    }

    function invariant_D09_whatWasWithdrawnIsNeverGrantedAgain() external view {
        for (uint256 i; i < _acts.granted(); ++i) {
            GrantStory memory story = _acts.grantStory(i);
            if (story.withdrawn == 0) continue;
            (uint40 granted, uint40 withdrawn) = _acts.grants().grantOf(story.granter, story.content, story.reader);
            assert(granted == story.granted && withdrawn == story.withdrawn);
            assert(!_acts.grants().mayRead(story.granter, story.content, story.reader, block.timestamp));
        }
    }

    function invariant_D10_nobodyGrantsOrWithdrawsInAnothersName() external view {
        for (uint256 i; i < _acts.granted(); ++i) {
            (bytes32 content, uint32 reader) = (_acts.grantStory(i).content, _acts.grantStory(i).reader);
            for (uint32 granter; granter <= CARRIER + 1; ++granter) {
                (uint40 granted, uint40 withdrawn) = _acts.grants().grantOf(granter, content, reader);
                GrantStory memory told;
                uint256 place = _acts.grantAt(granter, content, reader);
                if (place != 0) told = _acts.grantStory(place - 1);
                assert(granted == told.granted && withdrawn == told.withdrawn);
            }
        }
    }

    function invariant_D11_whoMightReadNeverChanges() external view {
        for (uint256 i; i < _acts.readings(); ++i) {
            Reading memory given = _acts.reading(i);
            assert(_acts.grants().mayRead(given.granter, given.content, given.reader, given.instant) == given.might);
        }
    }

    function invariant_D12_aReaderHasPublishedAKey() external view {
        for (uint256 i; i < _acts.granted(); ++i) {
            assert(_acts.grantStory(i).keyed);
        }
        for (uint32 member = CUSTOMS; member <= CARRIER; ++member) {
            assert(_acts.grants().encryptionKeyOf(member) == _acts.keyOf(member));
        }
    }

    function _isIncluded(PaperStory memory story, bytes32 document, Inclusion memory proof)
        private
        view
        returns (bool)
    {
        return _documents().isIncluded(story.issuer, story.root, document, proof);
    }

    function _leafStatus(PaperStory memory story, bytes32 document, Inclusion memory proof)
        private
        view
        returns (DocumentStatus)
    {
        return _documents().leafStatusAt(story.issuer, story.root, document, proof, block.timestamp);
    }

    function _documents() private view returns (IDocumentRegistry) {
        return _acts.documents();
    }
}

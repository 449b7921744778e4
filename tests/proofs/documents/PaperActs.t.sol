// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {Admission, IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {Declaration, DeclarationStatus, ICustomsDeclarations} from "interfaces/ICustomsDeclarations.sol";
import {IDocumentGrants} from "interfaces/IDocumentGrants.sol";
import {DocumentStatus, IDocumentRegistry, Inclusion, Registration} from "interfaces/IDocumentRegistry.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";

/// @dev The members, by number: two of customs, and two issuers that stand side by side.
uint32 constant CUSTOMS = 1;
uint32 constant SECOND_CUSTOMS = 2;
uint32 constant TRADER = 3;
uint32 constant CARRIER = 4;
uint32 constant MEMBERS = 4;

/// @dev What acts told of a document of one issuer; a batch has two documents.
struct PaperStory {
    uint32 issuer;
    bytes32 root;
    uint8 kind;
    uint32 size;
    uint40 registered;
    uint40 expires;
    uint40 ended;
    uint16 reason;
    bytes32 successor;
    bytes32 left;
    bytes32 right;
    bool leftIsRevoked;
}

/// @dev What acts told of a declaration of one customs.
struct DeclarationStory {
    uint32 customs;
    bytes32 key;
    Declaration given;
    DeclarationStatus status;
    uint16 reason;
}

/// @dev What was answered about the past.
struct Answer {
    uint32 issuer;
    bytes32 root;
    uint256 instant;
    DocumentStatus stood;
}

/// @dev What acts told of a grant; `keyed`: its reader had published a key before.
struct GrantStory {
    uint32 granter;
    bytes32 content;
    uint32 reader;
    uint40 granted;
    uint40 withdrawn;
    bool keyed;
}

/// @dev What was answered about who might read.
struct Reading {
    uint32 granter;
    bytes32 content;
    uint32 reader;
    uint256 instant;
    bool might;
}

/// @title The contracts of documents, declarations and grants as they were built, and everybody who acts on them.
contract PaperActs {
    uint256 private constant START = 20_332 days;
    uint40 private constant NO_END = type(uint40).max;
    uint256 private constant RECENT = 6;

    IAllianceRegistry public registry;
    IDocumentRegistry public documents;
    ICustomsDeclarations public declarations;
    IDocumentGrants public grants;

    /// @notice Whether an issuer out of standing came to more documents.
    bool public grown;

    mapping(uint32 member => bool) public isSuspended;
    mapping(uint32 issuer => mapping(bytes32 root => uint256)) public placeOf;
    mapping(uint32 customs => mapping(bytes32 key => uint256)) public declarationAt;
    mapping(uint32 granter => mapping(bytes32 content => mapping(uint32 reader => uint256))) public grantAt;
    mapping(uint32 member => bytes32) public keyOf;

    PaperStory[] private _papers;
    DeclarationStory[] private _declared;
    Answer[] private _answers;
    GrantStory[] private _granted;
    Reading[] private _readings;
    string private _suite;

    constructor() {
        VM.warp(START);
        _suite = VM.readFile(VM.envOr("YANGSHAN_SUITE", "build/suite.json"));
        registry = IAllianceRegistry(_deploy("AllianceRegistry", abi.encode(address(this), address(0), _founders())));
        documents = IDocumentRegistry(_deploy("DocumentRegistry", abi.encode(registry)));
        declarations = ICustomsDeclarations(_deploy("CustomsDeclarations", abi.encode(registry)));
        grants = IDocumentGrants(_deploy("DocumentGrants", abi.encode(registry)));
        delete _suite;
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            VM.prank(_administrator(member));
            registry.setKey(_key(member), Roles.ATTEST | Roles.DOCUMENT, NO_END);
        }
    }

    /* WHAT WAS TOLD */

    function papers() external view returns (uint256) {
        return _papers.length;
    }

    function paper(uint256 place) external view returns (PaperStory memory) {
        return _papers[place];
    }

    function declared() external view returns (uint256) {
        return _declared.length;
    }

    function declaration(uint256 place) external view returns (DeclarationStory memory) {
        return _declared[place];
    }

    function answers() external view returns (uint256) {
        return _answers.length;
    }

    function answer(uint256 place) external view returns (Answer memory) {
        return _answers[place];
    }

    function granted() external view returns (uint256) {
        return _granted.length;
    }

    function grantStory(uint256 place) external view returns (GrantStory memory) {
        return _granted[place];
    }

    function readings() external view returns (uint256) {
        return _readings.length;
    }

    function reading(uint256 place) external view returns (Reading memory) {
        return _readings[place];
    }

    /* DOCUMENTS */

    function registerDocument(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 issuer = _issuer(seed);
        PaperStory memory story = _fresh(seed, issuer);
        // What another registered, or the same one before, in a share of cases.
        if (_pick(seed, 3) == 0 && _papers.length != 0) story.root = _paper(seed, 0).root;
        _register(story);
    }

    function registerRoot(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        _register(_batch(seed, _fresh(seed, _issuer(seed)), 2));
    }

    function supersede(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 issuer = _issuer(seed);
        PaperStory memory before = _paper(seed, issuer);
        PaperStory memory story = _fresh(seed, issuer);
        if (_pick(seed, 6) != 0) story.kind = before.kind;
        // Mostly as many; else one more than are allowed, or fewer.
        if (before.size == 2 ? _pick(seed, 4) != 0 : _pick(seed, 4) == 0) story = _batch(seed, story, 2);
        uint256 held = _held(issuer, story.kind);
        _as(issuer);
        documents.supersede(before.root, _registration(story));
        PaperStory storage ended = _papers[placeOf[issuer][before.root] - 1];
        if (ended.ended == 0) (ended.ended, ended.successor) = (uint40(block.timestamp), story.root);
        _begun(story, held);
    }

    function revokeDocument(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 issuer = _issuer(seed);
        bytes32 root = _paper(seed, issuer).root;
        uint16 reason = uint16(_pick(seed, 6));
        _as(issuer);
        documents.revoke(root, reason);
        PaperStory storage story = _papers[placeOf[issuer][root] - 1];
        if (story.ended == 0) (story.ended, story.reason) = (uint40(block.timestamp), reason);
    }

    function revokeLeaf(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 issuer = _issuer(seed);
        PaperStory memory story = _paper(seed, issuer);
        for (uint256 i = _papers.length; i > 0; --i) {
            PaperStory storage other = _papers[i - 1];
            if (other.issuer == issuer && other.size == 2 && other.ended == 0 && !other.leftIsRevoked) story = other;
        }
        _as(issuer);
        documents.revokeLeaf(story.root, story.left, leftProof(story), uint16(_pick(seed, 6)));
        _papers[placeOf[issuer][story.root] - 1].leftIsRevoked = true;
    }

    /// @notice Asks where a document stood a while ago, and keeps the answer.
    function ask(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PaperStory memory story = _paper(seed, 0);
        uint256 instant = block.timestamp - 1 - _pick(seed, 1 hours);
        DocumentStatus stood = documents.statusAt(story.issuer, story.root, instant);
        _answers.push(Answer(story.issuer, story.root, instant, stood));
    }

    /* DECLARATIONS */

    function declare(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 customs = _customs(seed);
        bytes32 key = bytes32(_pick(seed, type(uint256).max));
        // A key that was seen on its way.
        if (_pick(seed, 3) == 0 && _declared.length != 0) key = _declaration(seed, 0).key;
        Declaration memory given = _stated(seed);
        _as(customs);
        declarations.declare(key, given);
        if (declarationAt[customs][key] != 0) return;
        _declared.push(DeclarationStory(customs, key, given, DeclarationStatus.Declared, 0));
        declarationAt[customs][key] = _declared.length;
    }

    function releaseGoods(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 customs = _customs(seed);
        bytes32 key = _declaration(seed, customs).key;
        _as(customs);
        declarations.release(key);
        _moved(customs, key, DeclarationStatus.Released);
    }

    function amendDeclaration(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 customs = _customs(seed);
        DeclarationStory memory story = _declaration(seed, customs);
        Declaration memory given = _stated(seed);
        if (_pick(seed, 6) != 0) given.exporter = story.given.exporter;
        _as(customs);
        declarations.amend(story.key, given);
        uint256 place = declarationAt[customs][story.key];
        if (place != 0 && _declared[place - 1].status != DeclarationStatus.Withdrawn) {
            _declared[place - 1].given = given;
        }
        _moved(customs, story.key, DeclarationStatus.Amended);
    }

    function withdrawDeclaration(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 customs = _customs(seed);
        bytes32 key = _declaration(seed, customs).key;
        uint16 reason = uint16(_pick(seed, 6));
        _as(customs);
        declarations.withdraw(key, reason);
        uint256 place = declarationAt[customs][key];
        if (place != 0 && _declared[place - 1].reason == 0) _declared[place - 1].reason = reason;
        _moved(customs, key, DeclarationStatus.Withdrawn);
    }

    /* GRANTS */

    function publishKey(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 member = uint32(_pick(seed, MEMBERS)) + 1;
        bytes32 key = _pick(seed, 6) == 0 ? keyOf[member] : bytes32(_pick(seed, type(uint256).max));
        VM.prank(_administrator(member));
        grants.publishKey(key);
        keyOf[member] = key;
    }

    function share(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 granter = _issuer(seed);
        bytes32 content = bytes32(_pick(seed, type(uint256).max));
        uint32[] memory readers = new uint32[](1);
        // Now and then nobody, and what was given before.
        readers[0] = uint32(_pick(seed, MEMBERS + 1));
        if (_pick(seed, 2) == 0 && _granted.length != 0) content = _grant(seed, 0).content;
        _as(granter);
        grants.grant(content, bytes32(uint256(1)), readers);
        if (grantAt[granter][content][readers[0]] != 0) return;
        bool keyed = keyOf[readers[0]] != 0;
        _granted.push(GrantStory(granter, content, readers[0], uint40(block.timestamp), 0, keyed));
        grantAt[granter][content][readers[0]] = _granted.length;
    }

    function unshare(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 granter = _issuer(seed);
        GrantStory memory story = _grant(seed, granter);
        uint32[] memory readers = new uint32[](1);
        readers[0] = story.reader;
        _as(granter);
        grants.withdraw(story.content, readers);
        uint256 place = grantAt[granter][story.content][story.reader];
        if (place == 0 || _granted[place - 1].withdrawn != 0) return;
        _granted[place - 1].withdrawn = uint40(block.timestamp);
    }

    /// @notice Asks who might read a while ago, and keeps the answer.
    function askReader(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        GrantStory memory story = _grant(seed, 0);
        uint256 instant = block.timestamp - 1 - _pick(seed, 1 hours);
        bool might = grants.mayRead(story.granter, story.content, story.reader, instant);
        _readings.push(Reading(story.granter, story.content, story.reader, instant, might));
    }

    /* THE WORLD */

    function changeStanding(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 member = uint32(_pick(seed, MEMBERS)) + 1;
        if (isSuspended[member]) registry.reinstate(member);
        else if (_pick(seed, 2) == 0) registry.suspend(member);
        else return;
        isSuspended[member] = !isSuspended[member];
    }

    function letTimePass(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        VM.warp(block.timestamp + 1 + _pick(seed, 2 hours));
    }

    /* TREES */

    function leaf(bytes32 document) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x00), document));
    }

    function leftProof(PaperStory memory story) public pure returns (Inclusion memory proof) {
        proof.partners = new bytes32[](1);
        proof.partners[0] = leaf(story.right);
    }

    function rightProof(PaperStory memory story) public pure returns (Inclusion memory proof) {
        proof.sides = 1;
        proof.partners = new bytes32[](1);
        proof.partners[0] = leaf(story.left);
    }

    /* INTERNALS */

    function _register(PaperStory memory story) private {
        uint256 held = _held(story.issuer, story.kind);
        _as(story.issuer);
        documents.register(_registration(story));
        _begun(story, held);
    }

    /// @dev Of what is registered anew the first end counts.
    function _begun(PaperStory memory story, uint256 held) private {
        if (placeOf[story.issuer][story.root] != 0) return;
        story.registered = uint40(block.timestamp);
        _papers.push(story);
        placeOf[story.issuer][story.root] = _papers.length;
        if (isSuspended[story.issuer] && _held(story.issuer, story.kind) > held) grown = true;
    }

    function _moved(uint32 customs, bytes32 key, DeclarationStatus status) private {
        uint256 place = declarationAt[customs][key];
        if (place == 0 || _declared[place - 1].status == DeclarationStatus.Withdrawn) return;
        _declared[place - 1].status = status;
    }

    /// @dev How many documents of a kind an issuer has that did not end.
    function _held(uint32 issuer, uint8 kind) private view returns (uint256 count) {
        for (uint256 i; i < _papers.length; ++i) {
            PaperStory storage story = _papers[i];
            if (story.issuer != issuer || story.kind != kind || story.ended != 0) continue;
            count += story.size == 0 ? 1 : story.size;
        }
    }

    function _fresh(uint256[1] memory seed, uint32 issuer) private view returns (PaperStory memory story) {
        story.issuer = issuer;
        story.root = bytes32(_pick(seed, type(uint256).max));
        story.kind = uint8(1 + _pick(seed, 2));
        if (_pick(seed, 2) == 0) story.expires = uint40(block.timestamp + _pick(seed, 6 hours));
    }

    function _batch(uint256[1] memory seed, PaperStory memory story, uint32 size)
        private
        view
        returns (PaperStory memory)
    {
        story.size = size;
        (story.left, story.right) = (bytes32(_pick(seed, type(uint256).max)), bytes32(_pick(seed, type(uint256).max)));
        // A document may stand in several batches.
        if (_pick(seed, 2) == 0 && _papers.length != 0) {
            PaperStory memory other = _paper(seed, story.issuer);
            if (other.size == 2) story.left = other.left;
        }
        story.root = keccak256(abi.encodePacked(bytes1(0x01), leaf(story.left), leaf(story.right)));
        return story;
    }

    function _registration(PaperStory memory story) private pure returns (Registration memory) {
        return Registration(story.root, story.kind, 1, story.expires, story.size);
    }

    function _stated(uint256[1] memory seed) private view returns (Declaration memory given) {
        given.exporter = TRADER + uint32(_pick(seed, 2));
        given.cap = uint64(1 + _pick(seed, 9));
        given.currency = 156;
        given.validUntil = uint40(block.timestamp + _pick(seed, 6 hours));
        given.document = bytes32(1 + _pick(seed, 5));
    }

    /// @dev Mostly one of the issuer's that did not end; of all if it is 0.
    function _paper(uint256[1] memory seed, uint32 issuer) private view returns (PaperStory memory story) {
        uint256 found;
        for (uint256 i = _papers.length; i > 0 && found < RECENT; --i) {
            PaperStory storage each = _papers[i - 1];
            if (issuer != 0 && (each.issuer != issuer || each.ended != 0) && _pick(seed, 12) != 0) continue;
            ++found;
            if (_pick(seed, found) == 0) story = each;
        }
    }

    function _declaration(uint256[1] memory seed, uint32 customs) private view returns (DeclarationStory memory story) {
        uint256 found;
        for (uint256 i = _declared.length; i > 0 && found < RECENT; --i) {
            DeclarationStory storage each = _declared[i - 1];
            if (customs != 0 && each.customs != customs && _pick(seed, 6) != 0) continue;
            ++found;
            if (_pick(seed, found) == 0) story = each;
        }
    }

    /// @dev Mostly one of the granter's; of all if it is 0.
    function _grant(uint256[1] memory seed, uint32 granter) private view returns (GrantStory memory story) {
        uint256 found;
        for (uint256 i = _granted.length; i > 0 && found < RECENT; --i) {
            GrantStory storage each = _granted[i - 1];
            if (granter != 0 && each.granter != granter && _pick(seed, 6) != 0) continue;
            ++found;
            if (_pick(seed, found) == 0) story = each;
        }
    }

    function _issuer(uint256[1] memory seed) private pure returns (uint32) {
        return TRADER + uint32(_pick(seed, 2));
    }

    function _customs(uint256[1] memory seed) private pure returns (uint32) {
        return _pick(seed, 12) == 0 ? TRADER : CUSTOMS + uint32(_pick(seed, 2));
    }

    function _pick(uint256[1] memory seed, uint256 count) private pure returns (uint256 chosen) {
        chosen = seed[0] % count;
        seed[0] = uint256(keccak256(abi.encode(seed[0])));
    }

    function _as(uint32 member) private {
        VM.prank(_key(member));
    }

    function _key(uint32 member) private pure returns (address) {
        return address(uint160(0xa11ce000) + member);
    }

    function _administrator(uint32 member) private pure returns (address) {
        return address(uint160(0xad000000) + member);
    }

    function _founders() private pure returns (Admission[] memory founders) {
        MemberKind[MEMBERS] memory kinds =
            [MemberKind.Customs, MemberKind.Customs, MemberKind.Trader, MemberKind.Carrier];
        founders = new Admission[](MEMBERS);
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            founders[member - 1] = Admission({
                treasury: address(uint160(0xca500000) + member),
                administrator: _administrator(member),
                validUntil: NO_END,
                calendar: 0,
                country: "CN",
                kind: kinds[member - 1],
                identity: bytes32(uint256(member))
            });
        }
    }

    function _deploy(string memory name, bytes memory arguments) private returns (address at) {
        string memory key = string.concat(".contracts.", name, ".bytecode");
        bytes memory code = bytes.concat(VM.parseJsonBytes(_suite, key), arguments);
        assembly {
            at := create(0, add(code, 32), mload(code))
        }
        require(at != address(0), name);
    }
}

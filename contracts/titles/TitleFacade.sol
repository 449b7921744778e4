// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry, Key} from "interfaces/IAllianceRegistry.sol";
import {ITitleEscrow, ITitleFacade} from "interfaces/ITitleEscrow.sol";
import {
    ITitleRegistry,
    SurrenderPurpose,
    Title,
    TitleAct,
    TitleForm,
    TitleInstruction,
    TitleState
} from "interfaces/ITitleRegistry.sol";

/// @title One title, as wallets and viewers of the TradeTrust token registry know it.
/// @notice See ITitleEscrow. It keeps nothing: it asks the registry of titles, and passes on who called.
contract TitleFacade is ITitleFacade {
    /* CONSTANTS */

    uint256 private constant LONGEST_REMARK = 120;

    /* IMMUTABLES */

    ITitleRegistry private immutable _titles;

    IAllianceRegistry private immutable _members;

    bytes32 private immutable _title;

    /* CONSTRUCTOR */

    /// @notice Names the title.
    /// @param titles The registry of titles.
    /// @param title The title.
    constructor(ITitleRegistry titles, bytes32 title) {
        _titles = titles;
        _members = titles.registry();
        _title = title;
    }

    /* ACTS */

    /// @inheritdoc ITitleEscrow
    function nominate(address nominee_, bytes calldata remark) external {
        _instruct(TitleAct.Nominate, nominee_, address(0), remark);
    }

    /// @inheritdoc ITitleEscrow
    function transferBeneficiary(address nominee_, bytes calldata remark) external {
        _instruct(TitleAct.Endorse, nominee_, address(0), remark);
    }

    /// @inheritdoc ITitleEscrow
    function transferHolder(address newHolder, bytes calldata remark) external {
        _instruct(TitleAct.TransferHolder, newHolder, address(0), remark);
    }

    /// @inheritdoc ITitleEscrow
    function transferOwners(address nominee_, address newHolder, bytes calldata remark) external {
        _instruct(TitleAct.TransferBoth, nominee_, newHolder, remark);
    }

    /// @inheritdoc ITitleEscrow
    function rejectTransferBeneficiary(bytes calldata remark) external {
        _instruct(TitleAct.RejectBeneficiary, address(0), address(0), remark);
    }

    /// @inheritdoc ITitleEscrow
    function rejectTransferHolder(bytes calldata remark) external {
        _instruct(TitleAct.RejectHolder, address(0), address(0), remark);
    }

    /// @inheritdoc ITitleEscrow
    function rejectTransferOwners(bytes calldata remark) external {
        _instruct(TitleAct.RejectBoth, address(0), address(0), remark);
    }

    /// @inheritdoc ITitleEscrow
    function returnToIssuer(bytes calldata remark) external {
        _instruct(TitleAct.Surrender, address(0), address(0), remark);
    }

    /// @inheritdoc ITitleEscrow
    function shred(bytes calldata remark) external {
        _instruct(TitleAct.AcceptSurrender, address(0), address(0), remark);
    }

    /// @inheritdoc ITitleFacade
    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        revert TakesNoTokens();
    }

    /* VIEWS */

    /// @inheritdoc ITitleEscrow
    function isHoldingToken() external view returns (bool) {
        TitleState state = _read().state;
        return state == TitleState.Live || state == TitleState.Pledged || state == TitleState.InCustody;
    }

    /// @inheritdoc ITitleEscrow
    function beneficiary() external view returns (address) {
        Title memory title = _read();
        if (title.form == TitleForm.Blank) return _possessor(title);
        return _circulates(title) ? _treasury(title.beneficiary) : address(0);
    }

    /// @inheritdoc ITitleEscrow
    function holder() external view returns (address) {
        return _possessor(_read());
    }

    /// @inheritdoc ITitleEscrow
    function prevBeneficiary() external view returns (address) {
        Title memory title = _read();
        return _open(title, title.beneficiaryRejectBy) ? _treasury(title.previousBeneficiary) : address(0);
    }

    /// @inheritdoc ITitleEscrow
    function prevHolder() external view returns (address) {
        Title memory title = _read();
        return _open(title, title.holderRejectBy) ? _treasury(title.previousHolder) : address(0);
    }

    /// @inheritdoc ITitleEscrow
    function active() external view returns (bool) {
        return _circulates(_read());
    }

    /// @inheritdoc ITitleEscrow
    function nominee() external view returns (address) {
        return _treasury(_read().nominee);
    }

    /// @inheritdoc ITitleEscrow
    function registry() external view returns (address) {
        return address(_titles);
    }

    /// @inheritdoc ITitleEscrow
    function tokenId() external view returns (uint256) {
        return uint256(_title);
    }

    /// @inheritdoc ITitleFacade
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(ITitleEscrow).interfaceId;
    }

    /* INTERNALS */

    function _instruct(TitleAct act, address to, address holder_, bytes calldata remark) private {
        if (remark.length > LONGEST_REMARK) revert RemarkTooLong(remark.length);
        TitleInstruction memory given = TitleInstruction({
            act: act,
            to: _keyFor(to),
            holder: _keyFor(holder_),
            form: TitleForm.ToOrder,
            purpose: SurrenderPurpose.Delivery,
            remark: remark.length == 0 ? bytes32(0) : keccak256(remark)
        });
        _titles.instructFor(msg.sender, given);
    }

    /// @dev An account with TITLE of the member that the account given stands for; the same account if there is none, and
    /// the registry says what hinders it.
    function _keyFor(address account) private view returns (address) {
        Key memory key = _members.key(account);
        if (key.memberId == 0 || _canMove(key)) return account;
        if (!_isLive(key) && account != _treasury(key.memberId)) return account;
        for (uint256 i;; ++i) {
            address other = _members.accountAt(key.memberId, i);
            if (other == address(0)) return account;
            if (_canMove(_members.key(other))) return other;
        }
        return account;
    }

    function _canMove(Key memory key) private view returns (bool) {
        return _isLive(key) && key.roles & Roles.TITLE != 0;
    }

    function _isLive(Key memory key) private view returns (bool) {
        return !key.frozen && block.timestamp <= key.validUntil;
    }

    function _read() private view returns (Title memory) {
        return _titles.titleOf(_title);
    }

    function _possessor(Title memory title) private view returns (address) {
        if (title.state == TitleState.InCustody) return title.custodian;
        return _circulates(title) ? _treasury(title.holder) : address(0);
    }

    function _circulates(Title memory title) private pure returns (bool) {
        return
            title.state != TitleState.Amending && title.state != TitleState.OnPaper
                && title.state != TitleState.Delivered;
    }

    function _open(Title memory title, uint40 rejectBy) private view returns (bool) {
        return title.state == TitleState.Live && block.timestamp <= rejectBy;
    }

    function _treasury(uint32 memberId) private view returns (address) {
        return memberId == 0 ? address(0) : _members.member(memberId).treasury;
    }
}

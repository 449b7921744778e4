// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title One title, as wallets and viewers of the TradeTrust token registry know it.
/// @notice The functions of ITitleEscrow as the npm package @tradetrust-tt/token-registry 5.5.1 publishes them. A member
/// appears as its treasury; any live account of it counts as argument. What is refused is refused with the errors of
/// ITitleRegistry, and nothing is logged here: acts on the registry would be missing. Of a remark the hash is kept.
interface ITitleEscrow {
    /// @notice Names to whom the holder may endorse. Needs TITLE, the beneficiary's.
    /// @param nominee An account of the nominee; zero for nobody.
    /// @param remark At most 120 bytes.
    function nominate(address nominee, bytes calldata remark) external;

    /// @notice Endorses the title to order. Needs TITLE, the holder's.
    /// @param nominee An account of the endorsee.
    /// @param remark At most 120 bytes.
    function transferBeneficiary(address nominee, bytes calldata remark) external;

    /// @notice Moves possession. Needs TITLE, the holder's.
    /// @param newHolder An account of the new holder.
    /// @param remark At most 120 bytes.
    function transferHolder(address newHolder, bytes calldata remark) external;

    /// @notice Endorses the title to order and moves possession. Needs TITLE, the holder's.
    /// @param nominee An account of the endorsee.
    /// @param newHolder An account of the new holder.
    /// @param remark At most 120 bytes.
    function transferOwners(address nominee, address newHolder, bytes calldata remark) external;

    /// @notice Undoes the endorsement. Needs TITLE, the beneficiary's.
    /// @param remark At most 120 bytes.
    function rejectTransferBeneficiary(bytes calldata remark) external;

    /// @notice Gives possession back. Needs TITLE, the holder's.
    /// @param remark At most 120 bytes.
    function rejectTransferHolder(bytes calldata remark) external;

    /// @notice Gives both back. Needs TITLE, of who is both.
    /// @param remark At most 120 bytes.
    function rejectTransferOwners(bytes calldata remark) external;

    /// @notice Surrenders the title for delivery. Needs TITLE, of who is both, or holder in blank.
    /// @param remark At most 120 bytes.
    function returnToIssuer(bytes calldata remark) external;

    /// @notice Accepts the surrender. Needs CARRY, the issuer's.
    /// @param remark At most 120 bytes.
    function shred(bytes calldata remark) external;

    /// @notice Whether the title is with those whose it is, not with its carrier.
    /// @return Whether it is.
    function isHoldingToken() external view returns (bool);

    /// @notice Whose the title is; of a title in blank its holder's.
    /// @return The treasury; zero once the title ended.
    function beneficiary() external view returns (address);

    /// @notice Who has possession.
    /// @return The treasury, or the contract that has the title in custody; zero once the title ended.
    function holder() external view returns (address);

    /// @notice Whose the title was before what can still be rejected.
    /// @return The treasury; zero if nothing can be.
    function prevBeneficiary() external view returns (address);

    /// @notice Who had possession before what can still be rejected.
    /// @return The treasury; zero if nothing can be.
    function prevHolder() external view returns (address);

    /// @notice Whether the title has neither been delivered nor taken out of circulation.
    /// @return Whether it is so.
    function active() external view returns (bool);

    /// @notice To whom the holder may endorse.
    /// @return The treasury; zero for nobody.
    function nominee() external view returns (address);

    /// @notice The registry of titles.
    /// @return The address.
    function registry() external view returns (address);

    /// @notice The title.
    /// @return The number.
    function tokenId() external view returns (uint256);
}

/// @title What a facade has besides.
/// @notice Its errors, and what a contract says of itself.
interface ITitleFacade is ITitleEscrow {
    /// @notice A remark has at most 120 bytes.
    /// @param length How many were given.
    error RemarkTooLong(uint256 length);

    /// @notice A facade holds no tokens.
    error TakesNoTokens();

    /// @notice Whether the contract has an interface, as ERC-165 asks.
    /// @param interfaceId The interface.
    /// @return Whether it has.
    function supportsInterface(bytes4 interfaceId) external pure returns (bool);

    /// @notice Refuses every token, as ERC-721 asks a receiver: the title is none.
    /// @param operator Who sends.
    /// @param from Whose it was.
    /// @param token The token.
    /// @param data What comes with it.
    /// @return Nothing.
    function onERC721Received(address operator, address from, uint256 token, bytes calldata data)
        external
        pure
        returns (bytes4);
}

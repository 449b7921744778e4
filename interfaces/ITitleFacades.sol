// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ITitleRegistry} from "interfaces/ITitleRegistry.sol";

/// @title The workshop in which anybody has the facade of a title made.
/// @notice A facade is a contract for one title that speaks ITitleEscrow, so that wallets and viewers made for such titles
/// can read it and act on it. The registry of titles trusts those made here and no other.
interface ITitleFacades {
    /// @notice The facade of a title was made.
    /// @param title The title.
    /// @param facade The contract.
    event FacadeCreated(bytes32 indexed title, address indexed facade);

    /// @notice There is no such title.
    /// @param title The title given.
    error NoSuchTitle(bytes32 title);

    /// @notice The title has a facade.
    /// @param title The title.
    /// @param facade Its facade.
    error FacadeExists(bytes32 title, address facade);

    /// @notice Makes the facade of a title. Anybody may: it gives nobody any right.
    /// @param title The title.
    /// @return facade The contract.
    function create(bytes32 title) external returns (address facade);

    /// @notice The facade of a title.
    /// @param title The title.
    /// @return facade The contract; zero if it has none.
    function facadeOf(bytes32 title) external view returns (address facade);

    /// @notice The title of a facade.
    /// @param facade The contract.
    /// @return title The title; 0 if it is none of these facades.
    function titleOf(address facade) external view returns (bytes32 title);

    /// @notice The registry of titles.
    /// @return The contract.
    function titles() external view returns (ITitleRegistry);
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {TitleFacade} from "contracts/titles/TitleFacade.sol";
import {ITitleFacades} from "interfaces/ITitleFacades.sol";
import {ITitleRegistry, TitleState} from "interfaces/ITitleRegistry.sol";

/// @title The workshop in which anybody has the facade of a title made.
/// @notice See ITitleFacades.
contract TitleFacades is ITitleFacades {
    /* IMMUTABLES */

    /// @inheritdoc ITitleFacades
    ITitleRegistry public immutable titles;

    /* STORAGE */

    /// @inheritdoc ITitleFacades
    mapping(bytes32 title => address) public facadeOf;

    /// @inheritdoc ITitleFacades
    mapping(address facade => bytes32) public titleOf;

    /* CONSTRUCTOR */

    /// @notice Names the registry of titles, which trusts what is made here.
    /// @param titles_ The registry of titles.
    constructor(ITitleRegistry titles_) {
        titles = titles_;
    }

    /* FACADES */

    /// @inheritdoc ITitleFacades
    function create(bytes32 title) external returns (address facade) {
        if (facadeOf[title] != address(0)) revert FacadeExists(title, facadeOf[title]);
        if (titles.titleOf(title).state == TitleState.None) revert NoSuchTitle(title);

        facade = address(new TitleFacade(titles, title));
        facadeOf[title] = facade;
        titleOf[facade] = title;
        emit FacadeCreated(title, facade);
    }
}

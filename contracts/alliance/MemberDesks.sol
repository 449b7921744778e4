// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {MemberDesk} from "contracts/alliance/MemberDesk.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IMemberDesks} from "interfaces/IMemberDesk.sol";

/// @title The workshop in which the registry has desks made.
/// @notice See IMemberDesks.
contract MemberDesks is IMemberDesks {
    /* IMMUTABLES */

    /// @inheritdoc IMemberDesks
    IAllianceRegistry public immutable registry;

    /* CONSTRUCTOR */

    /// @notice Names the registry, which alone has desks made.
    /// @param registry_ The register of members.
    constructor(IAllianceRegistry registry_) {
        registry = registry_;
    }

    /* DESKS */

    /// @inheritdoc IMemberDesks
    function create(uint32 memberId) external returns (address desk) {
        if (msg.sender != address(registry)) revert NotRegistry(msg.sender);
        return address(new MemberDesk(registry, memberId));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @title A call that asks for a role, to be compared with the same call without the question.
/// @notice Measured by bench/snapshot.py.
contract GuardedProbe {
    IAllianceRegistry private immutable _registry;

    uint256 private _calls;

    constructor(IAllianceRegistry registry) {
        _registry = registry;
    }

    function act() external {
        _registry.actingMemberOf(msg.sender, Roles.PAY);
        ++_calls;
    }
}

/// @title The same call without the question.
contract OpenProbe {
    IAllianceRegistry private immutable _registry;

    uint256 private _calls;

    constructor(IAllianceRegistry registry) {
        _registry = registry;
    }

    function act() external {
        ++_calls;
    }
}

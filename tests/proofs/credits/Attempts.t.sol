// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Alliance} from "tests/proofs/credits/Alliance.t.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";

/// @title Whether an act would pass, without doing it.
abstract contract Attempts {
    error Tried(bool passed, bytes answer);

    Alliance internal _alliance;

    /// @notice What an act would meet; it always fails, so that nothing of it remains.
    function attempt(uint32 member, address to, bytes calldata call_) external {
        address sender = _alliance.key(member);
        VM.prank(sender);
        (bool passed, bytes memory answer) = to.call(call_);
        revert Tried(passed, answer);
    }

    function _passes(uint32 member, address to, bytes memory call_) internal returns (bool) {
        try this.attempt(member, to, call_) {
            return false;
        } catch (bytes memory answer) {
            // The first word behind the selector says whether it passed.
            return answer.length > 35 && answer[35] == 0x01;
        }
    }
}

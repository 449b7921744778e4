// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Clock} from "interfaces/IBankingCalendar.sol";

/// @title Banking days and hours as bitmaps, and the clock that runs on them.
/// @notice A day is a number of days since 1970-01-01 in the local time of the place. A span is 192 days in one word:
///
/// ```
/// bit   0..191  open      day 192 * span + i is a banking day
/// bit 192..199  known     so many first days of the span are published
/// bit 200..210  opens     minutes after local midnight
/// bit 211..221  closes    minutes after local midnight, before the next; that instant is still within hours
/// bit 222..229  offset    quarter hours east of UTC, -48 to 56, outside the days [change1, change2)
/// bit 230..237  summer    the same inside them
/// bit 238..245  change1   index of a day, 192 for none
/// bit 246..253  change2   index of a day
/// bit 254..255  zero
/// ```
///
/// Clocks change at night, before banking hours: the offset of a day is the one in force in its hours, and a day begins
/// at midnight under the offset of the day before.
library BankingDays {
    uint256 internal constant SPAN = 192;
    /// @dev The last span whose days all fit 16 bits; a day looks back, so the first is 1.
    uint256 private constant LAST_SPAN = type(uint16).max / SPAN - 1;
    uint256 private constant OPEN_MASK = (1 << SPAN) - 1;
    int256 private constant QUARTER = 900;
    /// @dev UTC-12 and UTC+14, in quarter hours: every place lies between them.
    int256 private constant WESTMOST = -48;
    int256 private constant EASTMOST = 56;
    int256 private constant DAY = 1 days;

    /// @notice Whether a word keeps its layout.
    /// @param word The span.
    /// @return Whether every field is in range, no unknown day is open, and a full span has a banking day, which
    /// bounds every search for one.
    function wellFormed(uint256 word) internal pure returns (bool) {
        uint256 knownDays = known(word);
        uint256 openDays = word & OPEN_MASK;
        uint256 change1 = (word >> 238) & 0xff;
        uint256 change2 = (word >> 246) & 0xff;
        return word >> 254 == 0 && knownDays != 0 && knownDays <= SPAN && openDays >> knownDays == 0
            && (knownDays < SPAN || openDays != 0) && _opens(word) < _closes(word) && _closes(word) < 1440
            && _isOnEarth(word >> 222) && _isOnEarth(word >> 230) && change1 <= change2 && change2 <= SPAN;
    }

    /// @notice Whether a span may be published at all: its days can be counted, and the day before it as well.
    /// @param span The span.
    /// @return Whether it may.
    function countable(uint256 span) internal pure returns (bool) {
        return span != 0 && span <= LAST_SPAN;
    }

    /// @notice Whether a later word leaves every published day of an earlier one, and its hours, as they were, and adds
    /// days.
    /// @param before The word on record.
    /// @param word The word to come.
    /// @return Whether it only adds.
    function extends(uint256 before, uint256 word) internal pure returns (bool) {
        uint256 published = known(before);
        return published < known(word) && (before == 0 || before >> 200 == word >> 200)
            && (before ^ word) & ((1 << published) - 1) == 0;
    }

    /// @notice Whether a later word changes days of an earlier one that have begun nowhere, and nothing else.
    /// @dev The hours and offsets of a span hold for all its days, so they stand once its first day has begun.
    /// @param before The word on record.
    /// @param word The word to come.
    /// @param begun How many first days of the span have begun somewhere.
    /// @return Whether it revises.
    function revises(uint256 before, uint256 word, uint256 begun) internal pure returns (bool) {
        return before != word && known(before) == known(word) && (begun == 0 || before >> 200 == word >> 200)
            && (before ^ word) & ((1 << begun) - 1) == 0;
    }

    /// @notice How many first days of a span have begun somewhere on earth.
    /// @param span The span.
    /// @param instant Unix time.
    /// @return The count, 0 to 192.
    function begunDays(uint256 span, uint256 instant) internal pure returns (uint256) {
        // Days begin first in UTC+14.
        uint256 latest = (instant + 14 hours) / 1 days;
        uint256 first = span * SPAN;
        return latest < first ? 0 : Math.min(latest - first + 1, SPAN);
    }

    /// @notice How many first days of a span are published.
    /// @param word The span.
    /// @return The count, 0 to 192.
    function known(uint256 word) internal pure returns (uint256) {
        return (word >> SPAN) & 0xff;
    }

    /// @notice The day of receipt, the banking day before it, and the close of the n-th banking day after it.
    /// @dev UCP 600 art. 33 and 14(b). Reads each span once and walks set bits, so the work is bounded by `count`.
    /// @param spans The calendar: span number to word.
    /// @param instant Unix time of receipt.
    /// @param count How many banking days, at least 1.
    /// @param accepted Whether the bank took in what came out of hours on the day itself.
    /// @return result The answer, or the first day that is not published.
    function clock(mapping(uint256 span => uint256 word) storage spans, uint256 instant, uint256 count, bool accepted)
        internal
        view
        returns (Clock memory result)
    {
        (uint256 day, uint256 word, uint256 missing) = _localDay(spans, instant);
        if (missing == 0 && !accepted) {
            bool counts = word >> (day % SPAN) & 1 == 1 && instant <= closing(word, day);
            if (!counts) (day, word, missing) = _after(spans, word, day, 1);
        }

        uint256 previous;
        if (missing == 0) (previous, missing) = _before(spans, word, day);

        uint256 last;
        if (missing == 0) (last, word, missing) = _after(spans, word, day, count);

        if (missing != 0) {
            result.missing = uint16(Math.min(missing, type(uint16).max));
            return result;
        }
        result.receiptDay = uint16(day);
        result.previousDay = uint16(previous);
        result.deadline = uint40(closing(word, last));
    }

    /// @notice The close of banking hours on a day.
    /// @param word The day's span.
    /// @param day The day.
    /// @return Unix time.
    function closing(uint256 word, uint256 day) internal pure returns (uint256) {
        // A day's close lies after 1970 for every day but the first, which no calendar has; days are of 16 bits.
        unchecked {
            return uint256(int256(day) * DAY - _offset(word, day) * QUARTER) + _closes(word) * 60;
        }
    }

    /// @dev The local day of an instant, its span, or one more than the day that is not published.
    function _localDay(mapping(uint256 => uint256) storage spans, uint256 instant)
        private
        view
        returns (uint256 day, uint256 word, uint256 missing)
    {
        day = instant / 1 days;
        word = spans[day / SPAN];
        if (word == 0) return (0, 0, day + 1);

        int256 time = int256(instant);
        uint256 guess = uint256((time + QUARTER * _signed(word >> 222)) / DAY);
        if (guess / SPAN != day / SPAN) {
            word = spans[guess / SPAN];
            if (word == 0) return (0, 0, guess + 1);
        }
        day = guess;

        // The clock change nearest to the guess can move it by one day, never by two.
        if (time < _start(spans, word, day)) {
            --day;
            if (day % SPAN == SPAN - 1) word = spans[day / SPAN];
        } else if (time >= int256(day + 1) * DAY - _offset(word, day) * QUARTER) {
            ++day;
            if (day % SPAN == 0) word = spans[day / SPAN];
        }
        if (day % SPAN >= known(word)) return (0, 0, day + 1);
    }

    /// @dev Midnight at which a day begins: under the offset of the day before, if that is published.
    function _start(mapping(uint256 => uint256) storage spans, uint256 word, uint256 day)
        private
        view
        returns (int256)
    {
        uint256 eve = day - 1;
        uint256 eveWord = day % SPAN == 0 ? spans[eve / SPAN] : word;
        int256 offset = eveWord == 0 ? _offset(word, day) : _offset(eveWord, eve);
        return int256(day) * DAY - offset * QUARTER;
    }

    /// @dev The n-th banking day strictly after a day, with its span, or one more than the day that is not published.
    function _after(mapping(uint256 => uint256) storage spans, uint256 word, uint256 day, uint256 count)
        private
        view
        returns (uint256 found, uint256 foundWord, uint256 missing)
    {
        uint256 span = day / SPAN;
        // Bits from the day itself downwards are cut off: the day does not count.
        uint256 bits = (word & OPEN_MASK) >> (day % SPAN + 1) << (day % SPAN + 1);
        while (true) {
            while (bits != 0) {
                if (--count == 0) return (span * SPAN + Math.log2(bits & (~bits + 1)), word, 0);
                bits &= bits - 1;
            }
            if (known(word) < SPAN) return (0, 0, span * SPAN + known(word) + 1);
            word = spans[++span];
            bits = word & OPEN_MASK;
        }
    }

    /// @dev The last banking day before a day, or one more than the day that is not published.
    function _before(mapping(uint256 => uint256) storage spans, uint256 word, uint256 day)
        private
        view
        returns (uint256 found, uint256 missing)
    {
        uint256 span = day / SPAN;
        uint256 bits = word & ((1 << (day % SPAN)) - 1);
        if (bits == 0) {
            --span;
            word = spans[span];
            if (known(word) < SPAN) return (0, span * SPAN + known(word) + 1);
            bits = word & OPEN_MASK;
        }
        return (span * SPAN + Math.log2(bits), 0);
    }

    function _opens(uint256 word) private pure returns (uint256) {
        return (word >> 200) & 0x7ff;
    }

    function _closes(uint256 word) private pure returns (uint256) {
        return (word >> 211) & 0x7ff;
    }

    /// @dev The offset in force in the hours of a day, in quarter hours.
    function _offset(uint256 word, uint256 day) private pure returns (int256) {
        uint256 index = day % SPAN;
        bool inside = index >= (word >> 238) & 0xff && index < (word >> 246) & 0xff;
        return _signed(inside ? word >> 230 : word >> 222);
    }

    /// @dev Whether the lowest byte is the offset of a place.
    function _isOnEarth(uint256 field) private pure returns (bool) {
        int256 quarters = _signed(field);
        return quarters >= WESTMOST && quarters <= EASTMOST;
    }

    /// @dev The lowest byte as a signed number.
    function _signed(uint256 field) private pure returns (int256) {
        return int8(uint8(field));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Amounts} from "contracts/libraries/Amounts.sol";
import {CreditWord, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {Schedules} from "contracts/libraries/Schedules.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock} from "interfaces/IBankingCalendar.sol";
import {
    Advances,
    Drawing,
    ICreditSchedules,
    Instalment,
    InstalmentRecord,
    Renewal,
    Schedule,
    Slice
} from "interfaces/ICreditSchedules.sol";
import {Availability, ILetterOfCredit, MaturityFrom} from "interfaces/ILetterOfCredit.sol";

/// @title Schedules of credits: mixed payment, instalments, revolving amounts and advances before shipment.
/// @notice See ICreditSchedules.
contract CreditSchedules is ICreditSchedules {
    /* CONSTANTS */

    uint256 private constant MOST_SLICES = 4;
    uint256 private constant MOST_INSTALMENTS = 16;

    /* IMMUTABLES */

    /// @inheritdoc ICreditSchedules
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ICreditSchedules
    ILetterOfCredit public immutable credits;

    /// @inheritdoc ICreditSchedules
    address public immutable presentations;

    /* STORAGE */

    struct Revolving {
        Renewal renewal;
        uint16 times;
        uint16 period;
        uint16 start;
    }

    /// @dev An instalment with what was drawn on it.
    struct Row {
        uint64 amount;
        uint64 drawn;
        uint16 first;
        uint16 last;
    }

    /// @dev By which amendment the instalments came, 0 from the issue: those in force, and those that bind a confirming bank
    /// that did not follow every amendment, with the version that they made.
    struct Tables {
        uint8 inForce;
        uint8 own;
        uint8 ownVersion;
    }

    /// @dev What a drawing is held against.
    struct Place {
        // The row of the shipment, if there is one.
        uint256 row;
        bool hasRow;
        // The period of the day of receipt.
        uint256 period;
        bool isAdvance;
        // Advances that are not recovered.
        uint64 outstanding;
    }

    mapping(bytes32 creditId => Slice[]) private _slices;

    mapping(bytes32 creditId => Revolving) private _revolving;

    mapping(bytes32 creditId => Advances) private _advances;

    mapping(bytes32 creditId => Tables) private _tables;

    mapping(bytes32 creditId => mapping(uint256 amendment => Row[])) private _rows;

    /// @dev Of a credit that revolves by time and is not cumulative.
    mapping(bytes32 creditId => mapping(uint256 period => uint64)) private _drawnIn;

    /// @dev The days of shipment of all documents on record, a bit each: bit n of word w is day 256 w + n.
    mapping(bytes32 creditId => mapping(uint256 word => uint256)) private _shipped;

    /// @dev Of documents that a bank sent on unexamined.
    mapping(bytes32 presentationId => uint16 day) private _receivedFirst;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param credits_ The credits.
    /// @param presentations_ The contract of presentations.
    constructor(IAllianceRegistry registry_, ILetterOfCredit credits_, address presentations_) {
        registry = registry_;
        credits = credits_;
        presentations = presentations_;
    }

    /* SCHEDULES */

    /// @inheritdoc ICreditSchedules
    function set(bytes32 creditId, uint256 numbers, Schedule calldata schedule) external {
        _requireCredits();
        CreditWord word = CreditWord.wrap(numbers);
        _setSlices(creditId, word.availability(), schedule.slices);
        _setRenewal(creditId, word, schedule);
        if (schedule.instalments.length != 0) {
            uint256 sum = _setInstalments(creditId, 0, schedule.instalments);
            if (sum != word.amount()) revert InstalmentsNotWhole(sum, word.amount());
        }
        if (schedule.advanceLimit > word.amount()) revert BadAdvance(schedule.advanceLimit, word.amount());
        _advances[creditId].limit = schedule.advanceLimit;
        if (
            schedule.slices.length | schedule.instalments.length | uint256(schedule.renewal) | schedule.advanceLimit
                == 0
        ) {
            revert EmptySchedule(creditId);
        }
        emit ScheduleSet(creditId, schedule);
    }

    /// @inheritdoc ICreditSchedules
    function proposeInstalments(bytes32 creditId, uint8 amendment, Instalment[] calldata instalments) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.ISSUE);
        (uint256 parties, uint256 numbers) = credits.bindingWords(creditId, 0);
        if (memberId != PartiesWord.wrap(parties).issuingBank()) {
            revert ILetterOfCredit.NotIssuingBank(creditId, memberId);
        }
        uint16 expected = uint16(CreditWord.wrap(numbers).amendments()) + 1;
        if (amendment != expected) revert ILetterOfCredit.AmendmentOutOfOrder(creditId, amendment, expected);
        if (_rows[creditId][0].length == 0) revert NoInstalments(creditId);

        delete _rows[creditId][amendment];
        _setInstalments(creditId, amendment, instalments);
        emit InstalmentsProposed(creditId, amendment, instalments);
    }

    /// @inheritdoc ICreditSchedules
    function takeUp(bytes32 creditId, uint8 amendment, uint8 version, bool extended) external {
        _requireCredits();
        if (_rows[creditId][amendment].length == 0) return;

        Tables storage tables = _tables[creditId];
        tables.inForce = amendment;
        // A bank that follows everything has all of them: own and in force are then the same.
        if (extended) (tables.own, tables.ownVersion) = (amendment, version);
        emit InstalmentsReplaced(creditId, amendment, true, extended);
    }

    /// @inheritdoc ICreditSchedules
    function takeUpLate(bytes32 creditId, uint8 amendment, uint8 version) external {
        _requireCredits();
        Tables storage tables = _tables[creditId];
        if (_rows[creditId][amendment].length == 0 || version < tables.ownVersion) return;

        (tables.own, tables.ownVersion) = (amendment, version);
        emit InstalmentsReplaced(creditId, amendment, false, true);
    }

    /* DRAWINGS */

    /// @inheritdoc ICreditSchedules
    function draw(Drawing calldata drawing, uint256 numbers, bool own, bool exactly) external returns (uint64 owed) {
        _requireCredits();
        bytes32 creditId = drawing.creditId;
        CreditWord word = CreditWord.wrap(numbers);
        Row[] storage rows = _rowsOf(creditId, own);
        Place memory place = _placeOf(drawing, rows);
        uint64 amount = _available(creditId, word, rows, place);
        if (exactly && drawing.amount > amount) {
            revert ILetterOfCredit.Overdrawn(creditId, drawing.amount, amount);
        }
        if (drawing.amount < amount) amount = drawing.amount;
        if (amount == 0) revert ILetterOfCredit.NothingToDraw(creditId);

        uint64 recovered;
        uint32 number;
        if (place.isAdvance) {
            _advances[creditId].advanced += amount;
        } else {
            recovered = amount < place.outstanding ? amount : place.outstanding;
            _advances[creditId].recovered += recovered;
            number = _count(creditId, rows, place, amount);
        }
        emit DrawnOnSchedule(drawing.presentationId, creditId, number, amount, recovered, place.isAdvance);
        return amount - recovered;
    }

    /// @inheritdoc ICreditSchedules
    function recordLodging(Drawing calldata drawing, Clock calldata clock) external returns (uint8 flags) {
        _requirePresentations();
        uint256 day = drawing.shipped;
        if (day != 0 && _rows[drawing.creditId][0].length != 0) {
            _shipped[drawing.creditId][day >> 8] |= 1 << (day & 0xff);
        }
        return judge(drawing, false, clock);
    }

    /// @inheritdoc ICreditSchedules
    function recordForwarding(bytes32 forwardedId, uint16 day) external {
        _requirePresentations();
        _receivedFirst[forwardedId] = day;
    }

    /* VIEWS */

    /// @inheritdoc ICreditSchedules
    function judge(Drawing calldata drawing, bool counted, Clock calldata clock) public view returns (uint8 flags) {
        (CreditWord word, bool own) = _binding(drawing.creditId, drawing.bank);
        Row[] storage rows = _rowsOf(drawing.creditId, own);
        Place memory place = _placeOf(drawing, rows);
        if (!place.isAdvance && _isMissed(drawing, word, rows, clock)) flags = PresentationFlags.MISSED;
        if (counted) {
            if (word.drawn() > _whole(drawing.creditId, word, place)) flags |= PresentationFlags.OVERDRAWN;
            return flags;
        }
        if (drawing.amount > _available(drawing.creditId, word, rows, place)) flags |= PresentationFlags.OVERDRAWN;
        if (place.hasRow) word = word.withAmount(rows[place.row].amount);
        bool short = !place.isAdvance && drawing.amount < word.least();
        if (short || drawing.amount == 0) flags |= PresentationFlags.SHORT;
    }

    /// @inheritdoc ICreditSchedules
    function availableOn(bytes32 creditId, uint32 bank, uint16 day, uint16 shipped) external view returns (uint64) {
        (CreditWord numbers, bool own) = _binding(creditId, bank);
        Drawing memory drawing;
        (drawing.creditId, drawing.day, drawing.shipped) = (creditId, day, shipped);
        Row[] storage rows = _rowsOf(creditId, own);
        return _available(creditId, numbers, rows, _placeOf(drawing, rows));
    }

    /// @inheritdoc ICreditSchedules
    function most(bytes32 creditId, uint64 ceiling) external view returns (uint64) {
        Revolving memory revolving = _revolving[creditId];
        return Schedules.whole(ceiling, revolving.renewal, revolving.times, revolving.times);
    }

    /// @inheritdoc ICreditSchedules
    function replaces(bytes32 creditId, uint8 amendment) external view returns (bool) {
        return _rows[creditId][amendment].length != 0;
    }

    /// @inheritdoc ICreditSchedules
    function scheduleOf(bytes32 creditId) external view returns (Schedule memory found) {
        found.slices = _slices[creditId];
        Row[] storage rows = _rowsOf(creditId, false);
        found.instalments = new Instalment[](rows.length);
        for (uint256 i; i < rows.length; ++i) {
            found.instalments[i] = _instalment(rows[i]);
        }
        Revolving memory revolving = _revolving[creditId];
        found.renewal = revolving.renewal;
        found.times = revolving.times;
        found.period = revolving.period;
        found.start = revolving.start;
        found.advanceLimit = _advances[creditId].limit;
    }

    /// @inheritdoc ICreditSchedules
    function partsOf(bytes32 creditId, uint256 numbers, uint16 shipped, uint64 amount)
        external
        view
        returns (Slice[] memory parts)
    {
        CreditWord word = CreditWord.wrap(numbers);
        bool isAdvance = _isAdvance(_advances[creditId], shipped);
        if (!isAdvance && word.availability() == Availability.Mixed) {
            parts = _slices[creditId];
            Schedules.divide(amount, parts);
            return parts;
        }
        parts = new Slice[](1);
        parts[0] = isAdvance
            ? Slice(amount, Availability.SightPayment, 0, MaturityFrom.None)
            : Slice(amount, word.availability(), word.tenor(), word.tenorFrom());
    }

    /// @inheritdoc ICreditSchedules
    function instalmentsOf(bytes32 creditId, uint32 bank) external view returns (InstalmentRecord[] memory found) {
        (, bool own) = _binding(creditId, bank);
        Row[] storage rows = _rowsOf(creditId, own);
        found = new InstalmentRecord[](rows.length);
        for (uint256 i; i < rows.length; ++i) {
            Row memory row = rows[i];
            found[i] = InstalmentRecord({
                instalment: _instalment(row), drawn: row.drawn, shipped: _hasShipped(creditId, row.first, row.last)
            });
        }
    }

    /// @inheritdoc ICreditSchedules
    function advancesOf(bytes32 creditId) external view returns (Advances memory) {
        return _advances[creditId];
    }

    /* INTERNALS: SETTING */

    function _setSlices(bytes32 creditId, Availability availability, Slice[] calldata slices) private {
        bool mixed = availability == Availability.Mixed;
        if (mixed ? slices.length < 2 || slices.length > MOST_SLICES : slices.length != 0) {
            revert SlicesNotFitting(availability, slices.length);
        }
        for (uint256 i; i < slices.length; ++i) {
            Slice calldata slice = slices[i];
            if (slice.weight == 0 || !_isSound(slice)) revert BadSlice(i);
            _slices[creditId].push(slice);
        }
    }

    /// @dev UCP 600 art. 6(b): sight has no usance, deferred payment and acceptance have one, negotiation may.
    function _isSound(Slice calldata slice) private pure returns (bool) {
        if (slice.availability == Availability.None || slice.availability == Availability.Mixed) return false;
        bool usance = slice.tenorFrom != MaturityFrom.None;
        if (usance != (slice.tenor != 0)) return false;
        return
            slice.availability == Availability.Negotiation
                || usance != (slice.availability == Availability.SightPayment);
    }

    function _setRenewal(bytes32 creditId, CreditWord numbers, Schedule calldata schedule) private {
        Renewal renewal = schedule.renewal;
        bool byTime = renewal == Renewal.ByTime || renewal == Renewal.ByTimeCumulative;
        bool fits = (renewal != Renewal.None) == (schedule.times != 0) && byTime == (schedule.period != 0)
            && byTime == (schedule.start != 0);
        if (renewal != Renewal.None) {
            uint256 sum = uint256(numbers.ceiling()) * (uint256(schedule.times) + 1);
            fits = fits && schedule.instalments.length == 0 && sum <= type(uint64).max;
        }
        if (!fits) revert BadRenewal(renewal, schedule.times, schedule.period, schedule.start);

        _revolving[creditId] =
            Revolving({renewal: renewal, times: schedule.times, period: schedule.period, start: schedule.start});
    }

    function _setInstalments(bytes32 creditId, uint8 amendment, Instalment[] calldata instalments)
        private
        returns (uint256 sum)
    {
        uint256 count = instalments.length;
        if (count == 0 || count > MOST_INSTALMENTS) revert InstalmentsOutOfBounds(count, MOST_INSTALMENTS);
        uint16 before;
        for (uint256 i; i < count; ++i) {
            Instalment calldata each = instalments[i];
            if (each.amount == 0 || each.first > each.last || each.first <= before) revert BadInstalment(i);
            before = each.last;
            sum += each.amount;
            _rows[creditId][amendment].push(Row({amount: each.amount, drawn: 0, first: each.first, last: each.last}));
        }
    }

    /* INTERNALS: DRAWING */

    function _requireCredits() private view {
        if (msg.sender != address(credits)) revert NotLetterOfCredit(msg.sender);
    }

    function _requirePresentations() private view {
        if (msg.sender != presentations) revert ILetterOfCredit.NotPresentations(msg.sender);
    }

    function _binding(bytes32 creditId, uint32 bank) private view returns (CreditWord numbers, bool own) {
        (uint256 parties, uint256 found) = credits.bindingWords(creditId, bank);
        numbers = CreditWord.wrap(found);
        own = numbers.isOwn(PartiesWord.wrap(parties), bank);
    }

    function _rowsOf(bytes32 creditId, bool own) private view returns (Row[] storage) {
        Tables storage tables = _tables[creditId];
        return _rows[creditId][own ? tables.own : tables.inForce];
    }

    function _instalment(Row memory row) private pure returns (Instalment memory) {
        return Instalment({amount: row.amount, first: row.first, last: row.last});
    }

    function _isAdvance(Advances memory advances, uint16 shipped) private pure returns (bool) {
        return advances.limit != 0 && shipped == 0;
    }

    function _placeOf(Drawing memory drawing, Row[] storage rows) private view returns (Place memory place) {
        Revolving memory revolving = _revolving[drawing.creditId];
        Advances memory advances = _advances[drawing.creditId];
        place.isAdvance = _isAdvance(advances, drawing.shipped);
        place.outstanding = advances.advanced - advances.recovered;
        uint256 day = _receivedFirst[drawing.presentationId];
        if (day == 0) day = drawing.day;
        place.period = Schedules.periodOf(revolving.start, revolving.period, revolving.times, day);
        for (uint256 i; i < rows.length; ++i) {
            if (rows[i].first > drawing.shipped) break;
            (place.row, place.hasRow) = (i, drawing.shipped <= rows[i].last);
        }
    }

    function _whole(bytes32 creditId, CreditWord numbers, Place memory place) private view returns (uint64) {
        Revolving memory revolving = _revolving[creditId];
        return Schedules.whole(numbers.ceiling(), revolving.renewal, revolving.times, place.period);
    }

    /// @dev UCP 600 art. 18(b), 30, 32. A shipment that belongs to no instalment has what the credit has: that is for a bank
    /// that does not state the discrepancy.
    function _available(bytes32 creditId, CreditWord numbers, Row[] storage rows, Place memory place)
        private
        view
        returns (uint64 available)
    {
        uint64 whole = _whole(creditId, numbers, place);
        uint64 here;
        if (place.isAdvance) {
            Advances memory advances = _advances[creditId];
            available = Schedules.left(whole, numbers.drawn());
            here = Schedules.left(advances.limit, advances.advanced);
        } else {
            // What was advanced counts as drawn, and is taken off what is owed.
            available = Schedules.left(whole, numbers.drawn() - place.outstanding);
            here = _availableHere(creditId, numbers, rows, place);
        }
        return here < available ? here : available;
    }

    /// @dev What the instalment or the period leaves.
    function _availableHere(bytes32 creditId, CreditWord numbers, Row[] storage rows, Place memory place)
        private
        view
        returns (uint64)
    {
        if (place.hasRow) {
            Row memory row = rows[place.row];
            return Schedules.left(Schedules.capped(Amounts.ceiling(row.amount, numbers.plusTolerance())), row.drawn);
        }
        Renewal renewal = _revolving[creditId].renewal;
        if (renewal == Renewal.ByUse) return numbers.ceiling();
        if (renewal == Renewal.ByTime) {
            return Schedules.left(numbers.ceiling(), _drawnIn[creditId][place.period]);
        }
        return type(uint64).max;
    }

    /// @dev Counts a drawing where it belongs; answers with the number of the instalment or of the period.
    function _count(bytes32 creditId, Row[] storage rows, Place memory place, uint64 amount)
        private
        returns (uint32 number)
    {
        if (place.hasRow) {
            rows[place.row].drawn += amount;
            return uint32(place.row) + 1;
        }
        Renewal renewal = _revolving[creditId].renewal;
        if (renewal == Renewal.ByTime) _drawnIn[creditId][place.period] += amount;
        return renewal == Renewal.ByTime || renewal == Renewal.ByTimeCumulative ? uint32(place.period) + 1 : 0;
    }

    /// @dev UCP 600 art. 32: a shipment on no day of an instalment, or after one of which nothing was shipped. That is seen
    /// once documents of its last day would come too late.
    function _isMissed(Drawing calldata drawing, CreditWord numbers, Row[] storage rows, Clock memory clock)
        private
        view
        returns (bool)
    {
        uint256 count = rows.length;
        for (uint256 i; i < count; ++i) {
            Row memory row = rows[i];
            if (drawing.shipped <= row.last) return drawing.shipped < row.first;
            if (numbers.isLate(clock, row.last) && !_hasShipped(drawing.creditId, row.first, row.last)) return true;
        }
        return count != 0;
    }

    /// @dev Whether documents of a shipment from one day to another are on record.
    function _hasShipped(bytes32 creditId, uint256 first, uint256 last) private view returns (bool) {
        for (uint256 word = first >> 8; word <= last >> 8; ++word) {
            uint256 within = type(uint256).max;
            if (word == first >> 8) within <<= first & 0xff;
            if (word == last >> 8) within &= type(uint256).max >> (255 - (last & 0xff));
            if (_shipped[creditId][word] & within != 0) return true;
        }
        return false;
    }
}

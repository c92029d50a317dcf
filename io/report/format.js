// Numbers and times as text. Times are read as the wall clock they were written in
// ("2026-11-02T15:12:00+00:00" is 15:12), wherever the reader's computer thinks it is.

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FEWER_THAN_FIVE = "fewer than 5";
const NOT_SHOWN = "not shown"; // of a count that may be larger, but would give a small one away
const DAY_LENGTH = 24 * 60 * 60 * 1000;

function plural(number, word) {
  return `${whole(number)} ${word}${number === 1 ? "" : "s"}`;
}

/** 12345 -> "12,345". */
function whole(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A count that disclosure may hide, with the words for that. */
function count(number, hidden) {
  return number === null ? hidden : whole(number);
}

/** 0.0312 -> "3.1 %"; 0.312 -> "31 %". */
function percent(share) {
  return `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

/** A probability: small ones keep a figure, none is nothing. */
function probability(p) {
  return p < 0.001 ? "under 0.001" : p.toFixed(p < 0.1 ? 3 : 2);
}

/** The calendar day of an ISO text, as a number of days. */
function dayNumber(iso) {
  return Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10))) / DAY_LENGTH;
}

function isoOfDay(number) {
  return new Date(number * DAY_LENGTH).toISOString().slice(0, 10);
}

/** 0 Monday ... 6 Sunday. */
function weekdayOf(day) {
  return (day + 3) % 7;
}

/** "Mon 2 Nov". */
function dayText(iso) {
  const day = dayNumber(iso);
  return `${WEEKDAYS[weekdayOf(day)]} ${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`;
}

/** "Mon 2 Nov 2026". */
function longDayText(iso) {
  return `${dayText(iso)} ${iso.slice(0, 4)}`;
}

/** "15:12". */
function clockText(iso) {
  return iso.slice(11, 16);
}

/** "Mon 2 Nov 15:12". */
function timeText(iso) {
  return `${dayText(iso)} ${clockText(iso)}`;
}

/** "1 Nov 2023 to 31 Oct 2026" of a half-open span that begins and ends at midnight, as a rule. */
function spanText(from, to) {
  const last = clockText(to) === "00:00" ? isoOfDay(dayNumber(to) - 1) : to;
  return `${longDayText(from)} to ${longDayText(last)}`;
}

/** "2025-04" -> "Apr 2025". */
function monthText(month) {
  return `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** Months since year 0, so that gaps show. */
function monthNumber(month) {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/** 30.5 -> "30.5 h", or days where that reads better. */
function hoursText(hours) {
  return `${hours.toFixed(hours < 10 ? 1 : 0)} h`;
}

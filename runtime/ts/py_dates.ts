// Dates and times, as str() writes them.

const WRITTEN = /^(\S+?)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.(\d+))?(Z|[+-].*)?)?$/;

/** Milliseconds that a zone such as `+05:30` is ahead of UTC. */
const ahead = (zone: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = (zone.match(/\d\d/g) ?? []).map(Number);
  return (zone[0] === "-" ? -1000 : 1000) * (hours * 3600 + minutes * 60 + seconds);
};

/**
 * Text that sorts as the point in time does, to the microsecond; a date is its midnight. What has a
 * time zone is taken to UTC.
 */
export const time = (x: string | null): string | null => {
  const [, day, minute = "00:00", second = ":00", fraction = "", zone] = WRITTEN.exec(x ?? "") ?? [];
  if (!day) return null;
  let at = `${day}T${minute}${second}`;
  if (zone) at = new Date(Date.parse(`${at}Z`) - ahead(zone)).toISOString().slice(0, 19);
  return `${at}.${fraction.padEnd(6, "0")}`;
};

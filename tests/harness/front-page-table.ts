/** A table of inpatient front pages (病案首页) with its national column names; the first stay says which columns there are. */
export const frontPageTable = (stays: readonly Readonly<Record<string, string>>[]): string => {
  const columns = Object.keys(stays[0] ?? {})
  return [columns.join(','), ...stays.map((stay) => columns.map((column) => stay[column] ?? '').join(','))].join('\r\n')
}

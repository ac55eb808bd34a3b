/** A unit of UCUM as people write it: mm[Hg] is mmHg, mL/min/{1.73_m2} is mL/min/1.73 m². */
export const readUnit = (unit: string): string =>
  unit
    .replaceAll(/[[\]{}]/g, '')
    .replace('_m2', ' m²')
    .replace(/^1$/, '')

/** Drawn on a 24 grid with 2-unit strokes; each is a list of paths. */
const shapes = {
  baton: ['M4 18 12 10', 'M12 14 20 6'],
  person: ['M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8', 'M4 21c1-5 4-7 8-7s7 2 8 7'],
  search: ['M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14', 'm16 16 5 5'],
  check: ['m4 13 5 5L20 6'],
  cross: ['M6 6l12 12', 'M18 6 6 18'],
  warning: ['M12 4 2.5 20h19z', 'M12 10v4', 'M12 17v.2'],
  info: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18', 'M12 11v5', 'M12 8v.2'],
  clock: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18', 'M12 7v5l3 2'],
  place: ['M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12', 'M12 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4'],
  phone: ['M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3C10 21 3 14 3 6a3 3 0 0 1 3-3'],
  plus: ['M12 5v14', 'M5 12h14'],
  arrow: ['M5 12h14', 'm13 6 6 6-6 6'],
  back: ['M19 12H5', 'm11 18-6-6 6-6'],
  inbox: ['M4 4h16l1 10v6H3v-6z', 'M3 14h5l1 3h6l1-3h5'],
  home: ['m3 11 9-8 9 8', 'M6 9v11h12V9'],
  record: ['M6 3h9l4 4v14H6z', 'M9 11h7', 'M9 15h7'],
  device: ['M7 3h10v18H7z', 'M11 18h2'],
  cloud: ['M7 19a5 5 0 0 1 0-10 6 6 0 0 1 11-1 5.5 5.5 0 0 1-1 11z', 'm9 14 2 2 4-4'],
  noNetwork: ['M3 9c5-5 13-5 18 0', 'M7 13c3-3 7-3 10 0', 'M12 18v.2', 'M4 3l16 18'],
  lock: ['M6 11h12v10H6z', 'M8 11V8a4 4 0 0 1 8 0v3'],
  filter: ['M4 5h16l-6 8v6l-4-2v-4z'],
  settings: [
    'M4 7h10',
    'M18 7h2',
    'M4 17h2',
    'M10 17h10',
    'M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
    'M8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  ],
  keyboard: ['M3 6h18v12H3z', 'M7 10v.2', 'M12 10v.2', 'M17 10v.2', 'M8 14h8'],
  calendar: ['M4 6h16v15H4z', 'M4 11h16', 'M8 3v4', 'M16 3v4'],
  sound: ['M4 10v4h4l5 4V6L8 10z', 'M16 9a4 4 0 0 1 0 6', 'M19 6a8 8 0 0 1 0 12'],
  card: ['M3 5h18v14H3z', 'M3 10h18', 'M7 15h4'],
  menu: ['M5 6h14', 'M5 12h14', 'M5 18h14'],
  bed: ['M3 6v13', 'M3 16h18v3', 'M21 16v-3a3 3 0 0 0-3-3H9v6', 'M6 12v.2'],
} as const satisfies Record<string, readonly string[]>

export type IconName = keyof typeof shapes

/** A small picture beside words. It is decoration: the words carry the meaning, so screen readers skip it. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg
    className="icon"
    viewBox="0 0 24 24"
    width="1.25em"
    height="1.25em"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {shapes[name].map((path) => (
      <path key={path} d={path} />
    ))}
  </svg>
)

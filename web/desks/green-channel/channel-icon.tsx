const shapes = {
  // A heart with a beat.
  'chest-pain': ['M12 20S4 14.5 4 9a4.3 4.3 0 0 1 8-2 4.3 4.3 0 0 1 8 2c0 5.5-8 11-8 11', 'M4.5 12H9l1.5-3 2.5 5 1.5-2h5'],
  // A head with a flash inside.
  stroke: ['M9 21v-3H7a2 2 0 0 1-2-2v-2l-1.5-1L5 10a7 7 0 1 1 11.5 6v5', 'm12.5 6-2.5 4h4l-2.5 4'],
  // A bandage.
  trauma: ['m4.9 12.7 7.8-7.8a3.9 3.9 0 0 1 5.5 5.5l-7.8 7.8a3.9 3.9 0 0 1-5.5-5.5', 'm9 9 6 6', 'M12 10.5v.2', 'M12 13.5v.2'],
  // Mother: a head and a round belly.
  maternal: [
    'M11 7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
    'M9 22v-6H7l1.5-6c.6-2 4-2 4.5 0l.500 2a3.5 3.5 0 0 1 0 6.5H13V22',
    'M13 15.2v.2',
  ],
  // A wrapped child.
  newborn: [
    'M12 10a4 4 0 1 0 0-8 4 4 0 0 0 0 8',
    'M12 10c5 1 6 4 6 6.5 0 3-3 5.5-6 5.5s-6-2.5-6-5.5C6 14 7 11 12 10',
    'm7 14 9 5',
    'M10.5 5.8v.2',
    'M13.5 5.8v.2',
  ],
} as const

export type ChannelKey = keyof typeof shapes

/** The five channels in the order of the buttons. */
export const channelKeys = Object.keys(shapes) as ChannelKey[]

/** A picture of a channel beside its word; the word carries the meaning. */
export const ChannelIcon = ({ channel }: { channel: string }) => (
  <svg
    className="icon channel-icon"
    viewBox="0 0 24 24"
    width="1.75em"
    height="1.75em"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {(shapes[channel as ChannelKey] ?? []).map((path) => (
      <path key={path} d={path} />
    ))}
  </svg>
)

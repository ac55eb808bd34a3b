/** The states of a hit by which its list is narrowed, in the order of its life. */
export const STATES_SHOWN = [
  { state: 'found', words: { zh: '待核实', en: 'Found' } },
  { state: 'told', words: { zh: '待机构反馈', en: 'Institution to answer' } },
  { state: 'review', words: { zh: '待处理决定', en: 'To be decided' } },
  { state: 'investigating', words: { zh: '立案调查', en: 'Under investigation' } },
  { state: 'proposed', words: { zh: '待复核', en: 'Waits for a second person' } },
  { state: 'recovering', words: { zh: '追回中', en: 'To be recovered' } },
  { state: 'closed', words: { zh: '已追回', en: 'Recovered' } },
  { state: 'dropped', words: { zh: '不予处理', en: 'Dropped' } },
] as const

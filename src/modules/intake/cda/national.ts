/** What a section of a document speaks of, by its LOINC code; both WS/T 500 and C-CDA use these. */
export const SECTIONS: Readonly<
  Record<string, 'conditions' | 'allergies' | 'medicines' | 'results' | 'vitals' | 'procedures' | 'immunizations'>
> = {
  '29548-5': 'conditions',
  '11450-4': 'conditions',
  '11535-2': 'conditions',
  '46241-6': 'conditions',
  '48765-2': 'allergies',
  '10160-0': 'medicines',
  '29549-3': 'medicines',
  '10183-2': 'medicines',
  '30954-2': 'results',
  '8716-3': 'vitals',
  '47519-4': 'procedures',
  '11369-6': 'immunizations',
}

// Data elements of the national catalogue (WS 363) that name something rather than say it: the thing stands in their value.
export const DIAGNOSIS_CODE = ['DE05.01.024.00', 'DE05.10.130.00']
export const DIAGNOSIS_NAME = 'DE05.01.025.00'
export const ITEM_NAME = ['DE04.30.020.00', 'DE04.30.019.00']
export const ITEM_RESULTS = ['DE04.30.015.00', 'DE04.30.009.00', 'DE04.30.017.00']
export const ITEM_UNIT = 'DE04.30.016.00'
export const DRUG_NAME = ['DE08.50.022.00', 'DE08.50.011.00']
export const PROCEDURE_CODE = ['DE06.00.093.00', 'DE06.00.221.00']

/** Vital signs of the national catalogue, with LOINC and unit. From memory of WS 363; checked against public samples where there were any. */
export const VITALS: Readonly<Record<string, readonly [string, string, string]>> = {
  'DE04.10.174.00': ['8480-6', '收缩压', 'mm[Hg]'],
  'DE04.10.176.00': ['8462-4', '舒张压', 'mm[Hg]'],
  'DE04.10.186.00': ['8310-5', '体温', 'Cel'],
  'DE04.10.118.00': ['8867-4', '脉率', '/min'],
  'DE04.10.082.00': ['9279-1', '呼吸频率', '/min'],
  'DE04.10.188.00': ['29463-7', '体重', 'kg'],
  'DE04.10.167.00': ['8302-2', '身高', 'cm'],
}

/** A row of 诊疗科目名录; `grade` says whether the code was seen in a published source or is recalled and to be checked. */
export type SpecialtySeed = { code: string; zh: string; en: string; grade: 'seen' | 'memory' }

const TABLE = `
0100 预防保健科 Preventive care
0200 全科医疗科 General practice
0300 内科 Internal medicine
0301 呼吸内科 Respiratory medicine *
0302 消化内科 Gastroenterology *
0303 神经内科 Neurology *
0304 心血管内科 Cardiology *
0305 血液内科 Haematology *
0306 肾病学 Nephrology *
0307 内分泌 Endocrinology *
0308 免疫学 Immunology *
0309 变态反应 Allergology *
0310 老年病 Geriatrics *
0400 外科 Surgery
0401 普通外科 General surgery *
0402 神经外科 Neurosurgery *
0403 骨科 Orthopaedics *
0404 泌尿外科 Urology *
0405 胸外科 Thoracic surgery *
0406 心脏大血管外科 Cardiac and vascular surgery *
0407 烧伤科 Burns
0408 整形外科 Plastic surgery
0500 妇产科 Obstetrics and gynaecology
0501 妇科 Gynaecology *
0502 产科 Obstetrics *
0503 计划生育 Family planning *
0504 优生学 Eugenics and prenatal care
0505 生殖健康与不孕症 Reproductive health and infertility
0600 妇女保健科 Women's health care
0700 儿科 Paediatrics
0701 新生儿 Neonatology
0702 小儿传染病 Paediatric infectious diseases
0703 小儿消化 Paediatric gastroenterology
0704 小儿呼吸 Paediatric respiratory medicine
0705 小儿心脏病 Paediatric cardiology
0706 小儿肾病 Paediatric nephrology
0707 小儿血液病 Paediatric haematology
0708 小儿神经 Paediatric neurology
0709 小儿内分泌 Paediatric endocrinology
0800 小儿外科 Paediatric surgery
0900 儿童保健科 Child health care
1000 眼科 Ophthalmology
1100 耳鼻咽喉科 Otorhinolaryngology
1200 口腔科 Stomatology
1300 皮肤科 Dermatology
1400 医疗美容科 Aesthetic medicine
1500 精神科 Psychiatry
1600 传染科 Infectious diseases
1700 结核病科 Tuberculosis
1800 地方病科 Endemic diseases
1900 肿瘤科 Oncology
2000 急诊医学科 Emergency medicine
2100 康复医学科 Rehabilitation medicine
2200 运动医学科 Sports medicine
2300 职业病科 Occupational diseases
2400 临终关怀科 Palliative care
2500 特种医学与军事医学科 Special and military medicine
2600 麻醉科 Anaesthesiology
2700 疼痛科 Pain medicine
2800 重症医学科 Intensive care
3000 医学检验科 Clinical laboratory
3100 病理科 Pathology
3200 医学影像科 Medical imaging
5000 中医科 Traditional Chinese medicine
5100 民族医学科 Ethnic medicine
5200 中西医结合科 Integrated Chinese and Western medicine`

/**
 * The clinical specialties (诊疗科目), both levels as 4 digits: `0300` is 内科, `0304` 心血管内科.
 * @source 医疗机构诊疗科目名录; a star in the table marks a code seen in a published source
 */
export const SPECIALTIES: readonly SpecialtySeed[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [, code = '', zh = '', en = '', star] = /^(\d{4}) (\S+) (.+?)( \*)?$/.exec(line) ?? []
    return { code, zh, en, grade: star ? 'seen' : 'memory' }
  })

const byCode = new Map(SPECIALTIES.map((specialty) => [specialty.code, specialty]))

/** The specialty of a code; throws for a code outside the table, which only our own data could hold. */
export function specialtyOf(code: string): SpecialtySeed {
  const found = byCode.get(code)
  if (!found) throw new Error(`There is no specialty ${code}.`)
  return found
}

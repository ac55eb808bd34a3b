import { buildCatalogueForm, decideCatalogueForm, priceGroupForm } from './catalogue-commands.ts'
import { importDischarges } from './import-command.ts'
import { groupDischarges, sendDischarges, takeBackDischarge } from './discharge-commands.ts'
import { supervisionForm } from './supervising.ts'
import { pageReactions, pagesForm, takePages, takePagesOfBill } from './pages.ts'
import { payForBillForm } from './pay-for-bill.ts'
import { decideClearing, prepayMonth, proposeClearing } from './paying-commands.ts'
import { caseForm, casesForm, cataloguesForm, groupForm, groupsForm, yearForm } from './queries.ts'

export { dipRefusals } from './refusals.ts'
export { pageReactions }
export { receivePages, type ReceivedPage } from './pages.ts'
export { insertDipYears } from './insert-years.ts'

/** Everything that can be asked about payment by disease. */
export const dipForms = {
  'fund.send-discharges': sendDischarges,
  'fund.import-discharges': importDischarges,
  'fund.take-back-discharge': takeBackDischarge,
  'fund.build-dip-catalogue': buildCatalogueForm,
  'fund.price-dip-group': priceGroupForm,
  'fund.decide-dip-catalogue': decideCatalogueForm,
  'fund.group-discharges': groupDischarges,
  'fund.prepay-dip-month': prepayMonth,
  'fund.propose-dip-clearing': proposeClearing,
  'fund.decide-dip-clearing': decideClearing,
  'fund.dip-catalogues': cataloguesForm,
  'fund.dip-groups': groupsForm,
  'fund.dip-group': groupForm,
  'fund.dip-year': yearForm,
  'fund.dip-cases': casesForm,
  'fund.dip-case': caseForm,
  'fund.dip-pages': pagesForm,
  'fund.take-pages': takePages,
  'fund.take-pages-of-bill': takePagesOfBill,
  'fund.pay-for-bill': payForBillForm,
  'fund.dip-supervision': supervisionForm,
} as const

import { calendars, saveCalendar } from './calendar-forms.ts'
import { addException, removeException } from './exception-forms.ts'
import { copyPlan, endPlan, plans, savePlan } from './plan-forms.ts'
import { planDays, publishPlans } from './publish-forms.ts'
import { stopClinic, stopPreview } from './stop-forms.ts'

/** Everything that can be asked of calendars, weekly plans and stops of clinic. */
export const planForms = {
  'booking.save-calendar': saveCalendar,
  'booking.calendars': calendars,
  'booking.save-plan': savePlan,
  'booking.copy-plan': copyPlan,
  'booking.end-plan': endPlan,
  'booking.plans': plans,
  'booking.plan-days': planDays,
  'booking.add-exception': addException,
  'booking.remove-exception': removeException,
  'booking.publish-plans': publishPlans,
  'booking.stop-clinic': stopClinic,
  'booking.stop-preview': stopPreview,
} as const

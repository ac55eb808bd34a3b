/** A call of a CDS client, as far as it is read. @source CDS Hooks 2.0 */
export type HookCall = {
  readonly hook: string
  readonly hookInstance: string
  readonly context: { readonly [name: string]: unknown }
}

/** A card of an answer: a short word, why, and where to go on. */
export type Card = {
  readonly uuid: string
  readonly summary: string
  readonly detail: string
  readonly indicator: 'info' | 'warning'
  readonly source: { readonly label: string; readonly url: string }
  readonly links: readonly { readonly label: string; readonly url: string; readonly type: 'absolute' }[]
  readonly suggestions?: readonly { readonly label: string; readonly uuid: string; readonly actions: readonly object[] }[]
  readonly overrideReasons?: readonly { readonly code: string; readonly system: string; readonly display: string }[]
}

/** Hooks at which the service is asked. */
export const HOOKS = ['order-sign', 'appointment-book'] as const
export type Hook = (typeof HOOKS)[number]

/** The longest summary that CDS Hooks allows, in characters. */
export const SUMMARY_MOST = 140

/** Ids of our services, one for each hook. */
export const serviceId = (hook: Hook): string => `jieli-lower-place-${hook}`

const PREFETCH = { patient: 'Patient/{{context.patientId}}' }

/** What is served, as `/cds-services` lists it. */
export const discovery = () => ({
  services: HOOKS.map((hook) => ({
    hook,
    id: serviceId(hook),
    title: '更近的基层能否诊治 · Is there a lower place that can treat this?',
    description:
      '开单或预约时,查看是否有层级更低、能诊治该病种且有空闲号源的机构。 When an order is signed or a visit booked: whether a place of a lower tier can treat it and has a free time.',
    prefetch: PREFETCH,
    usageRequirements:
      '申请单带病种(reasonCode)和接收机构(performer)。 The order names the condition (reasonCode) and where it goes (performer).',
  })),
})

import type { Queries, QueryName, Role } from '../../api/api-types.ts'

type RegisterOf<N extends string> = N extends `${infer R}-list` ? (`${R}-history` extends QueryName ? R : never) : never

/** Every register of the house by its full name, `organisations.help-plan`: whatever has a list and a history. */
export type RegisterName = RegisterOf<QueryName>

/** The answers of every register's list are of one form; the body differs. */
export type Listed = Omit<Queries['organisations.service-list-list']['answer'], 'entries'> & {
  readonly entries: readonly Entry[]
}
export type Entry = Omit<Queries['organisations.service-list-list']['answer']['entries'][number], 'body'> & {
  readonly body: Body
}
export type Body = Readonly<Record<string, unknown>>
export type Field = Listed['fields'][number]

export const groups = ['help', 'governance', 'rules', 'services'] as const
export type Group = (typeof groups)[number]

/** Where each register stands on the desk; the compiler asks for a line for a new one. */
export const groupOf: Readonly<Record<RegisterName, Group>> = {
  'organisations.help-plan': 'help',
  'organisations.dispatch': 'help',
  'organisations.unified-management': 'governance',
  'organisations.management-centre': 'governance',
  'organisations.governance-body': 'governance',
  'organisations.governance-meeting': 'governance',
  'organisations.consortium-task': 'governance',
  'organisations.policy-document': 'rules',
  'referral.letter-template': 'rules',
  'organisations.service-list': 'services',
  'green-channel.centre': 'services',
  'continuity.supply': 'services',
  'intake.source': 'services',
  'recognition.item': 'services',
  'recognition.mark': 'services',
  'payment.point': 'services',
  'organisations.pharmacy': 'services',
}

export const registerNames = Object.keys(groupOf) as RegisterName[]

const closedTo: Partial<Record<RegisterName, readonly Role[]>> = {
  'referral.letter-template': ['consortium-manager', 'insurer'],
  'green-channel.centre': ['insurer'],
  'intake.source': ['insurer', 'village-doctor', 'family-doctor', 'referral-desk', 'ward'],
}

/** The registers that a role may read. */
export const registersFor = (role: Role): RegisterName[] =>
  registerNames.filter((name) => closedTo[name]?.includes(role) !== true)

// Forms of all registers have one form of input, so one of them stands for each by type.
/** The name of a register's query for the typed client. */
export const queryOf = <Part extends 'list' | 'history' | 'export'>(name: RegisterName, part: Part) =>
  `${name}-${part}` as `organisations.service-list-${Part}`

/** The name of a register's command for the typed client. */
export const commandOf = <Act extends 'propose' | 'correct' | 'approve' | 'retire' | 'import'>(name: RegisterName, act: Act) =>
  name.replace('.', `.${act}-`) as `organisations.${Act}-service-list`

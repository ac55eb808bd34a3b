import { SETTINGS } from '../../platform/config.ts'

/** The page that documents every setting, written from the table that the program reads. */
export const settingsPage = (): string => {
  const rows = Object.values(SETTINGS).map(({ env, default: value, unit, says }) => {
    const cells = [`\`${env}\``, value === '' ? '–' : `\`${value}\``, unit, says].map((cell) => cell.replaceAll('|', '\\|'))
    return `| ${cells.join(' | ')} |`
  })
  return [
    '# 设置 Settings',
    '',
    '所有设置都来自环境变量,启动时读取一次;无法使用的值会使程序停止并指出变量名。',
    'Every setting is an environment variable, read once at start; one that cannot be used stops the program by name.',
    '',
    '本页由 `npx jieli settings --write` 生成。 This page is written by `npx jieli settings --write`.',
    '',
    '| 变量 Variable | 默认 Default | 单位 Unit | 说明 Meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

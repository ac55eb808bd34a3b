/**
 * A name as strangers in a waiting room may see it: its first character and a star, 张*. One who has lost the name, or never gave one,
 * stands there by number alone. Source: 个人信息保护法 第六条 (the least that serves); the form is design.
 */
export const maskedName = (zh: string | null): string | null => {
  const [first] = zh?.trim() ?? ''
  return first === undefined ? null : `${first}*`
}

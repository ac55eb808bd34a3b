export { areaFile, type AreaBook, type AreaRow } from './rules/area-schema.ts'
export { bandFault, halfLevels, keysOf } from './rules/area-keys.ts'

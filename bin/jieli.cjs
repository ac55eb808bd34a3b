#!/usr/bin/env node
'use strict'
// The launcher of `npx jieli <command>`, `npm start`, `npm test` and `npm run bench`: plain JavaScript for any Node from
// 20 on, which hands over to the Node 26 of the installed platform package.

const { spawn } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { prepare } = require('./prepare.cjs')

const ROOT = path.dirname(path.dirname(fs.realpathSync(__filename)))
const PROGRAMS = ['start', 'test', 'bench']
const NODE_MAJOR_MIN = 26

const say = (zh, en) => process.stderr.write(`${zh}\n${en}\n`)

/** The Node that runs Jieli: the one of the platform package, else this one when it is new enough, else null. */
const findNode = () => {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  try {
    const manifest = require.resolve(`node-${system}-${process.arch}/package.json`, { paths: [ROOT] })
    const node = path.join(path.dirname(manifest), 'bin', file)
    if (fs.existsSync(node)) return node
  } catch {
    // No package for this platform.
  }
  return Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN ? process.execPath : null
}

const sayNodeMissing = () =>
  say(
    `本机(${process.platform}-${process.arch})没有可用的 Node ${NODE_MAJOR_MIN}:当前为 ${process.version},依赖中也没有适合本平台的版本。请安装 Node ${NODE_MAJOR_MIN} 或更新版本后重试。`,
    `There is no Node ${NODE_MAJOR_MIN} for this machine (${process.platform}-${process.arch}): this one is ${process.version} and the packages hold none for the platform. Install Node ${NODE_MAJOR_MIN} or newer and try again.`,
  )

const programOf = (words) => {
  const [first, ...rest] = words
  return PROGRAMS.includes(first) ? { name: first, words: rest } : { name: 'cli', words }
}

/**
 * Passes signals on and ends as the child ends. Ctrl-C in a terminal reaches every process of the group by itself, so
 * it is passed on only where no terminal is attached; npm repeats it, so it is passed on once.
 */
const follow = (child) => {
  const onTerminal = [0, 1, 2].some((stream) => require('node:tty').isatty(stream))
  const passed = new Set()
  const pass = (signal) => {
    if (passed.has(signal) || (signal === 'SIGINT' && onTerminal)) return
    passed.add(signal)
    child.kill(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
  watchShell(() => pass('SIGTERM'))
  child.on('error', () => {
    sayNodeMissing()
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}

// npm runs its scripts through a shell, and a signal to npm ends that shell without reaching this process.
const SHELL_LOOK_MS = 500
const watchShell = (onGone) => {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const shell = process.ppid
  const look = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(look)
    onGone()
  }, SHELL_LOOK_MS)
  look.unref()
}

const main = () => {
  const { name, words } = programOf(process.argv.slice(2))
  if (!prepare(name === 'test')) return void (process.exitCode = 1)
  const node = findNode()
  if (!node) {
    sayNodeMissing()
    process.exitCode = 1
    return
  }
  // The data folder belongs to this copy of Jieli, not to the folder that somebody happens to stand in.
  const env = { ...process.env, JIELI_DATA: process.env.JIELI_DATA || path.join(ROOT, 'data') }
  // The server notices by the closed channel when this launcher was killed without a signal that it could pass on.
  const stdio = name === 'start' ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
  // Ten thousand open connections at seven in the morning: with a small nursery the collector copies them again and again.
  const flags = name === 'start' ? ['--max-semi-space-size=64'] : []
  // A command of a second spends most of it in compiling; what was compiled once is kept. A folder that cannot be written is no fault.
  if (name === 'cli') env.NODE_COMPILE_CACHE = env.NODE_COMPILE_CACHE || path.join(ROOT, 'node_modules', '.cache', 'jieli')
  follow(spawn(node, [...flags, path.join(ROOT, 'src', 'apps', `${name}.ts`), ...words], { stdio, env }))
}

main()

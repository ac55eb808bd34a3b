/** What `jieli help` prints. */
export const HELP = `接力 Jieli

  npx jieli start                       启动服务 starts the server (npm start)
  npx jieli test | bench                运行测试、性能测试 runs the tests, the benchmarks
  npx jieli call <name> --as <account> [--json '{…}'] [--key K]
                                        以某账号运行一个命令或查询 runs a command or query as an account
  npx jieli forms [--json]              列出全部命令和查询 lists every command and query
  npx jieli token --as <account> [--scopes "user/*.rs"] [--hours N] [--json]
                                        给脚本用的 FHIR 访问令牌,代表某账号(默认 1 小时)
                                        an access token of an account for scripts at /fhir (one hour)
  npx jieli import fhir <path> [--source <name>] [--clinic <id> | --demo-clinic] [--json]
                                        导入 FHIR R4(NDJSON、NDJSON.gz、Bundle;文件或文件夹)
                                        imports FHIR R4 (NDJSON, NDJSON.gz, Bundles; a file or a folder)
      --source       来源名;患者 id 不是 UUID 时必填 name of the source, needed when patient ids are no UUIDs
      --clinic       导入的患者归入这个村卫生室 the village clinic that cares for the imported patients
      --demo-clinic  归入演示村医的卫生室 the clinic of the demo village doctor
      --json         进度和结果逐行输出 JSON progress and result as lines of JSON
  npx jieli fhir reindex [--json]       重建资源的检索值,并补挂漏挂的资源;服务可照常运行,中断后再次运行即接着做
                                        draws what resources are searched by anew, joins what was missed; beside a working server,
                                        goes on where it broke off
  npx jieli triage "<text>" [--age N] [--sex male|female] [--json]
                                        按描述推荐科室、急缓和追问,不是诊断 departments, urgency and questions for a complaint; no diagnosis
  npx jieli triage --file <texts.jsonl | ->
                                        逐行 {id, text, age?, sex?},逐行回答 answers lines of {id, text, age?, sex?} with lines
  npx jieli import icd <csv> [--source <name>] [--json]
                                        导入 ICD-10 全表(UTF-8 或 GB 18030),整份替换 imports the whole ICD-10 table, in place of the one before
  npx jieli import conditions <csv|yaml> [--json]
                                        导入本地区对病种目录的改动 imports the region's changes of the catalogue of conditions
  npx jieli import travel <csv> [--source <name>] [--json]
                                        导入出行时间表(from,institution,minutes,by) imports travel times (from,institution,minutes,by)
  npx jieli import hl7 <file…> [--org <id>] [--json]
  npx jieli import cda|front-pages <file…> --org <id> [--json]
                                        导入 HL7 v2 报文、CDA 文档、病案首页表;先保存原文,再入库
                                        imports HL7 v2 messages, CDA documents, tables of front pages; kept first, then taken
  npx jieli import discharges <file.csv…> [--good-rows] [--json]
                                        从表格报送病种分值付费的出院病例(列见 docs/dip.md);有错行时整个文件不收,除非只收好行
                                        sends discharges for payment by disease (columns: docs/dip.md); of a file with bad rows nothing, unless the good rows alone
  npx jieli what-if navigation --weights <yaml> [--days N] [--json]
                                        用另一组权重试排最近 N 天的转诊 tries other weights on the referrals of the last N days (28)
  npx jieli rulebook check [--area <area>] [--rulebook <dir>] [--day YYYY-MM-DD] [--years N] [--json]
                                        核对规则库:缺口、重叠、无来源、到期和久未核对(默认 2 年)的值,按统筹区和种类计数;--area 逐条列出
                                        checks a rulebook: gaps, overlaps, unsourced, ended and stale (2 years) values, counted by area and kind; --area lists each
  npx jieli settle --claim <file.json> [--area <area>[/residents|/workers]] [--rulebook <dir>] [--day YYYY-MM-DD] [--json | --explain]
                                        按统筹区当日的待遇规则结算一张账单(格式见 docs/settlement.md)
                                        settles a bill by the rules of its pooling area on that day (format: docs/settlement.md)
  npx jieli settings [--write]          显示全部设置,或写入 docs/settings.md shows every setting, or writes docs/settings.md
  npx jieli clock [--forward 2h | --reset]
                                        查看或拨动演示时钟(m 分、h 时、d 天) shows or moves the demo clock (m, h, d)
  npx jieli dock status | compare [--day YYYY-MM-DD]
                                        省平台对接:待发与待处理的消息;核对一天的账目(默认今天)
                                        docking: what is still to be told; compares a day's books with the provincial platform (today)
  npx jieli audit head | verify [--file heads.jsonl] [--json] | prove <id>
                                        审计树:签发最新树根;核对全部审计;证明一条记录在树中
                                        the audit's tree: its newest signed head; reads the whole audit again; proves that a row stands in it
  npx jieli audit precision [--seed N] [--rulebook <dir>] [--day YYYY-MM-DD] [--json]
                                        38 条审核规则在造出的账单上的查准率和查全率(见 docs/audit-rules.md)
                                        precision and recall of the 38 audit rules on made-up bills (see docs/audit-rules.md)
  npx jieli check [--json]              核对预约与转诊的不变式 checks what must always hold of bookings and referrals
  npx jieli backup <folder> [--passphrase-file F] [--json]
                                        备份整个区域到新文件夹,服务可照常运行 backs the region up into a new folder, beside a working server
  npx jieli restore <folder> [--passphrase-file F] [--json]
                                        恢复到空库或新的 JIELI_DATA restores into an empty database or a new JIELI_DATA
  npx jieli card-sandbox                演示区域的第三方支付应用沙盒:只经接口出示和核验健康卡
                                        a payment app and a cashier beside the demo, by the card's interface alone
  npx jieli platform-sandbox [--faults bad] [--seed N]
                                        演示区域的医保平台和支付应用沙盒:可按种子丢失、延迟、重复、拒绝
                                        the insurer's platform and a wallet beside the demo; loses, delays, doubles and refuses by seed
  npx jieli keys [rotate | rewrap]      查看密钥、启用新一代密钥、用新密钥重新封装数据密钥
                                        shows the region's keys, begins a new generation, wraps data keys by the newest
  npx jieli upgraded                    升级完毕,旧版本进程已停 says that every server of the release before has stopped
  npx jieli admin <login>               开设管理员账号,密码只显示一次 opens an administrator's account; its password is shown once
  npx jieli help                        显示本页 shows this page

call、token、import、clock、check、admin 需要服务正在运行,或设置 DATABASE_URL(call 除外)。
call, token, import, clock, check and admin need a running server; all but call also take DATABASE_URL.
成功返回 0,否则返回 1。 The program ends with 0, or with 1 when it could not do what was asked.`

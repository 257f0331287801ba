-- Applications, each of another worker: valid identity numbers, 1,000 employers with valid codes, keys never used twice.
local weights = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 }
local letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
local value, power = {}, {}
for i = 1, #letters do value[letters:byte(i)] = i - 1 end
for i = 1, 17 do power[i] = i == 1 and 1 or power[i - 1] * 3 % 31 end

local function id_no(n)
    local body = string.format("450206%04d%02d%02d%03d", 1960 + n % 45, 1 + math.floor(n / 45) % 12,
        1 + math.floor(n / 540) % 28, math.floor(n / 15120) % 1000)
    local sum = 0
    for i = 1, 17 do sum = sum + weights[i] * (body:byte(i) - 48) end
    return body .. ("10X98765432"):sub(sum % 11 + 1, sum % 11 + 1)
end

local function uscc(n)
    local body = string.format("91450206MA5K%05d", n)
    local sum = 0
    for i = 1, 17 do sum = sum + power[i] * value[body:byte(i)] end
    local check = (31 - sum % 31) % 31
    return body .. letters:sub(check + 1, check + 1)
end

local employers = {}
for n = 1, 1000 do employers[n] = uscc(n) end

local names = { "韦小明", "覃秀英", "黄志强", "李燕", "莫晓东", "潘建国", "梁雪梅", "卢海波", "韦春兰", "罗家豪" }
local cookie, round = os.getenv("COOKIE"), os.getenv("ROUND") or "0"
local n = tonumber(os.getenv("FIRST") or "0")
local body = [[{"channel":"VISIT","mode":"WRITTEN","appl_type":"WORKER","region":"450206","place":"柳江区新兴工业园",
"hire_date":"2024-03-01","contract":"FIXED","sign_date":"2024-03-01","contract_start":"2024-03-01","contract_end":"2027-02-28",
"post":"装配工","hours":"STANDARD","wage":"520000","employed":false,"end_date":"2026-08-31","end_reason":"公司称订单不足",
"knew_date":"2026-08-31","facts":"公司自2026年6月起拖欠工资三个月，8月31日口头通知解除劳动合同。","online_ok":true,"rec_ok":false,
"truthful":true,"privacy":true,"sensitive":true,"notice":"2026-01","parties":[{"side":"APPL","kind":"WORKER","name":"%s",
"id_type":"ID","id_no":"%s","mobile":"138%08d","addr":"柳江区拉堡镇","svc_addr":"柳江区拉堡镇","e_service":true,"tags":["RURAL"]},
{"side":"RESP","kind":"EMPLOYER","name":"柳州市鑫旺机械第%d有限公司","uscc":"%s","emp_type":"ENT","industry":"C34","staff":120,
"reg_region":"450206","legal_rep":"覃大海","legal_post":"总经理","mobile":"13907720002"}],"claims":[{"cause":"A01",
"amount":"1560000","from":"2026-06-01","until":"2026-08-31","basis":"三个月工资"},{"cause":"B01","amount":"1300000"}]}]]

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Cookie"] = cookie

function request()
    n = n + 1
    local e = n % 1000 + 1
    wrk.headers["Idempotency-Key"] = "bench-" .. round .. "-" .. n
    return wrk.format(nil, "/api/v1/cases", nil, body:format(names[n % #names + 1], id_no(n), n % 100000000, e, employers[e]))
end

local bad = 0
function response(status, _, text)
    if status == 201 then return end
    bad = bad + 1
    if bad <= 3 then io.stderr:write(status, " ", text, "\n") end
end

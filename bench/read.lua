-- Case pages, one after the other, of the numbers in the file IDS.
local ids, n = {}, 0
for id in io.lines(os.getenv("IDS")) do ids[#ids + 1] = "/api/v1/cases/" .. id .. (os.getenv("PART") or "") end
wrk.headers["Cookie"] = os.getenv("COOKIE")

function request()
    n = n % #ids + 1
    return wrk.format("GET", ids[n])
end


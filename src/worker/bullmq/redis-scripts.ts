/** What must happen whole or not at all, in Redis's own language. Each returns a number, or a list for more. */

/** KEYS job, jobs, over, callersKeys, lane, lanes, workspaces; ARGV id, json, caller's key or '', lane, workspace, waitingMax, prefix of jobs. */
export const CREATE = `
local standing = ARGV[3] ~= '' and redis.call('HGET', KEYS[4], ARGV[3])
if standing and redis.call('EXISTS', ARGV[7] .. standing) == 1 then return standing end
if redis.call('ZCARD', KEYS[2]) - redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[6]) then return 'FULL' end
if ARGV[3] ~= '' then redis.call('HSET', KEYS[4], ARGV[3], ARGV[1]) end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('ZADD', KEYS[2], 0, ARGV[1])
redis.call('RPUSH', KEYS[5], ARGV[1])
redis.call('SADD', KEYS[6], ARGV[4])
redis.call('SADD', KEYS[7], ARGV[5])
return ARGV[1]`;

/**
 * KEYS job, jobs, over, lane, lanes; ARGV the job as it was, as it is to be, id, what becomes of its place ('over', 'again' or
 * ''), the time, lane, channel, waitingMax. Gives 0 where the job is no longer as it was, -1 where there is no room.
 */
export const CHANGE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[4] == 'again' then
  if redis.call('ZCARD', KEYS[2]) - redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[8]) then return -1 end
  redis.call('ZREM', KEYS[3], ARGV[3])
  redis.call('RPUSH', KEYS[4], ARGV[3])
  redis.call('SADD', KEYS[5], ARGV[6])
end
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[4] == 'over' then
  redis.call('ZADD', KEYS[3], ARGV[5], ARGV[3])
  redis.call('LREM', KEYS[4], 0, ARGV[3])
  if redis.call('LLEN', KEYS[4]) == 0 then redis.call('SREM', KEYS[5], ARGV[6]) end
end
redis.call('PUBLISH', ARGV[7], ARGV[3])
return 1`;

/** KEYS job, jobs, over, callersKeys; ARGV id, caller's key or '', channel. Forgets a job that is over. */
export const FORGET = `
if not redis.call('ZSCORE', KEYS[3], ARGV[1]) then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
if ARGV[2] ~= '' and redis.call('HGET', KEYS[4], ARGV[2]) == ARGV[1] then redis.call('HDEL', KEYS[4], ARGV[2]) end
redis.call('PUBLISH', ARGV[3], ARGV[1])
return 1`;

/** KEYS texts, textBytes; ARGV id, bytes, most of all. Makes room for a text, or gives 0. */
export const RESERVE_TEXT = `
local used = tonumber(redis.call('GET', KEYS[2]) or '0')
if used + tonumber(ARGV[2]) > tonumber(ARGV[3]) then return 0 end
redis.call('INCRBY', KEYS[2], ARGV[2])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1`;

/** KEYS texts, textBytes, text; ARGV id. */
export const DROP_TEXT = `
local bytes = redis.call('HGET', KEYS[1], ARGV[1])
if bytes then
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('DECRBY', KEYS[2], bytes)
end
redis.call('UNLINK', KEYS[3])
return 1`;

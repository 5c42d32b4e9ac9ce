package cli

import (
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// memoryShare is how much of the memory given the program may fill before it
// collects harder.
const memoryShare = 0.7

// spareTime trades memory for time: the collector runs less often, and harder
// when memory gets short. What the environment says goes first.
func spareTime() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if given := memoryGiven(); os.Getenv("GOMEMLIMIT") == "" && given > 0 {
		debug.SetMemoryLimit(int64(float64(given) * memoryShare))
	}
}

// memoryGiven is the container's limit in bytes, or the machine's memory; zero
// when neither is known.
func memoryGiven() int64 {
	machine := machineMemory()
	limit, err := os.ReadFile("/sys/fs/cgroup/memory.max")
	if err != nil {
		return machine
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(limit)), 10, 64)
	if err != nil { // "max": no limit
		return machine
	}
	if machine > 0 {
		return min(n, machine)
	}
	return n
}

func machineMemory() int64 {
	table, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(table)) {
		fields := strings.Fields(line)
		if len(fields) == 3 && fields[0] == "MemTotal:" {
			kib, err := strconv.ParseInt(fields[1], 10, 64)
			if err == nil && kib < math.MaxInt64/1024 {
				return kib * 1024
			}
		}
	}
	return 0
}

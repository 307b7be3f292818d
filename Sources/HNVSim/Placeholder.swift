import HNVCore

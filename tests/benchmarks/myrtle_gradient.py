"""The same gradient by PyTorch with channels_last tensors, for a ratio in the same run."""
import argparse, json, time
import torch

arguments = argparse.ArgumentParser()
for name, default in (("channels", 128), ("images", 100), ("repeats", 3), ("batch", 100)):
    arguments.add_argument(f"--{name}", type=int, default=default)
a = arguments.parse_args()
C = a.channels
torch.manual_seed(0)


def conv(i):
    return torch.nn.Conv2d(i, C, 3, padding=1, bias=False)


relu, pool = torch.nn.ReLU, torch.nn.AvgPool2d
net = torch.nn.Sequential(
    conv(3), relu(), conv(C), relu(), pool(2), conv(C), relu(), pool(2), conv(C), relu(),
    pool(8), torch.nn.Flatten(), torch.nn.Linear(C, 10, bias=False),
).to(memory_format=torch.channels_last)
x = torch.randn(a.images, 3, 32, 32).to(memory_format=torch.channels_last)
y = torch.randn(a.images, 10)


def gradient():
    net.zero_grad()
    for i in range(0, a.images, a.batch):
        (0.5 * (net(x[i:i + a.batch]) - y[i:i + a.batch]) ** 2).sum().backward()


gradient()
seconds = []
for _ in range(a.repeats):
    start = time.perf_counter()
    gradient()
    seconds.append(time.perf_counter() - start)
seconds = sorted(seconds)[a.repeats // 2]
print(json.dumps({"channels": C, "images": a.images, "seconds": seconds,
                  "imagesPerSecond": a.images / seconds, "threads": torch.get_num_threads()}))

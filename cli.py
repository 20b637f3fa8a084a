"""The door: the `tdkt` command. Loads a noun's commands only when they are called; keeps the exit codes."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

from commands.session import (
    INTERRUPTED,
    Command,
    HelpContext,
    Noun,
    Session,
    option,
    pick,
    shared_options,
    take_shared,
)

Nouns = dict[str, tuple[str, tuple[str, str]]]
"""Nouns with the modules of their commands and what they are for in (English, Vietnamese)."""

GROUPS: tuple[tuple[tuple[str, str], Nouns], ...] = (
    (
        ("Day by day", "Hằng ngày"),
        {
            "inbox": ("commands.inbox", ("What I must act on.", "Việc chờ tôi xử lý.")),
            "advance": ("commands.advance", ("Move one item or many.", "Chuyển bước một hoặc nhiều mục.")),
            "dossier": ("commands.dossier", ("Nomination dossiers.", "Hồ sơ đề nghị khen thưởng.")),
            "council": ("commands.council", ("Sessions of the council.", "Phiên họp Hội đồng.")),
            "why": (
                "commands.why",
                ("What can be done here, and why not.", "Làm được gì, vì sao chưa làm được."),
            ),
            "claim": ("commands.claim", ("Say that I do it.", "Nhận xử lý một việc.")),
            "delegate": ("commands.delegate", ("Pass one item on.", "Chuyển một việc cho người khác xử lý.")),
        },
    ),
    (
        ("The year", "Việc trong năm"),
        {
            "plan": ("commands.plan", ("The year's plan: import it, see it.", "Kế hoạch năm: nạp, xem.")),
            "task": ("commands.task", ("The plan's tasks.", "Nhiệm vụ của kế hoạch.")),
            "movement": ("commands.movement", ("Movements of emulation.", "Phong trào thi đua.")),
            "decision": ("commands.decision", ("Award decisions.", "Quyết định khen thưởng.")),
            "fund": ("commands.fund", ("The fund of a year.", "Quỹ thi đua, khen thưởng của năm.")),
            "payment": (
                "commands.payment",
                ("Money of issued decisions.", "Chi tiền thưởng theo quyết định."),
            ),
            "certificate": (
                "commands.certificate",
                ("The register of awards.", "Sổ khen thưởng: số sổ, ngày trao."),
            ),
            "expect": ("commands.expect", ("Dossiers that bodies owe.", "Hồ sơ các đơn vị cần gửi.")),
            "deadline": ("commands.deadline", ("Deadlines and reminders.", "Thời hạn và nhắc việc.")),
        },
    ),
    (
        ("Looking", "Xem"),
        {
            "help": (
                "commands.help",
                ("One page on each piece of work.", "Hướng dẫn từng việc."),
            ),
            "show": ("commands.show", ("Show a task or a dossier.", "Xem một nhiệm vụ hoặc hồ sơ.")),
            "paper": ("commands.paper", ("Papers in Word and PDF.", "Văn bản Word, PDF.")),
            "report": ("commands.report", ("Tables for reports.", "Các biểu báo cáo.")),
            "register": (
                "commands.register",
                ("Registers: papers, awards.", "Các sổ: văn bản, khen thưởng."),
            ),
            "history": (
                "commands.history",
                ("Who received what, of all years.", "Lịch sử khen thưởng của mọi năm."),
            ),
            "rating": ("commands.rating", ("The register of ratings.", "Sổ xếp loại.")),
            "initiative": (
                "commands.initiative",
                ("The register of initiatives.", "Sổ sáng kiến được công nhận."),
            ),
            "notice": ("commands.notice", ("Notices that were made.", "Thông báo đã lập.")),
            "audit": (
                "commands.audit",
                ("The log: read, verify, export.", "Nhật ký: xem, kiểm tra, xuất."),
            ),
            "publish": (
                "commands.publish",
                ("Pages for everybody.", "Trang công khai cho mọi người."),
            ),
            "simulate": ("commands.simulate", ("See the time to come.", "Xem trước thời gian tới.")),
        },
    ),
    (
        ("The office", "Cơ quan"),
        {
            "init": (
                "commands.init",
                ("Found an office and its database.", "Khởi tạo cơ quan và cơ sở dữ liệu."),
            ),
            "office": ("commands.office", ("The office and its people.", "Cơ quan và các tài khoản.")),
            "login": ("commands.login", ("Sign in.", "Đăng nhập.")),
            "logout": ("commands.logout", ("Sign out.", "Đăng xuất.")),
            "title": ("commands.title", ("Titles and forms of commendation.", "Danh hiệu, hình thức khen.")),
            "calendar": ("commands.calendar", ("The working calendars.", "Lịch nghỉ, ngày làm việc.")),
            "definition": ("commands.definition", ("Definition files.", "Các tệp định nghĩa.")),
        },
    ),
    (
        ("Keeping it running", "Vận hành"),
        {
            "tick": ("commands.tick", ("Fire what is due now.", "Thực hiện các mốc đã đến hạn.")),
            "web": ("commands.web", ("Work in the browser.", "Làm việc trên trình duyệt.")),
            "serve": ("commands.serve", ("Watch deadlines until stopped.", "Theo dõi thời hạn liên tục.")),
            "doctor": ("commands.doctor", ("Check that all is well.", "Kiểm tra tình trạng.")),
            "incident": ("commands.incident", ("What went wrong by itself.", "Sự cố khi tự chạy.")),
            "backup": ("commands.backup", ("Back up the database.", "Sao lưu cơ sở dữ liệu.")),
            "upgrade": ("commands.upgrade", ("Bring an older database up.", "Nâng cấp cơ sở dữ liệu cũ.")),
            "demo": ("commands.demo", ("See the whole year run.", "Chạy thử cả năm.")),
            "completion": ("commands.completion", ("Shell completion.", "Gợi ý lệnh cho shell.")),
        },
    ),
)
"""The nouns by the work that they are for, as the help lists them."""

NOUNS: Nouns = {name: noun for _heading, nouns in GROUPS for name, noun in nouns.items()}


class Door(click.Group):
    """The top group: knows its nouns by name and loads a module when one is called."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in NOUNS:
            return None
        module, _words = NOUNS[cmd_name]
        command: click.Command = import_module(module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Of a noun that is not there the likeliest are told; click knows none before they are loaded."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as mistake:
            raise click.NoSuchCommand(mistake.command_name, possibilities=NOUNS, ctx=ctx) from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offers the nouns without loading their modules."""
        from click.shell_completion import CompletionItem

        nouns = [
            CompletionItem(name, help=pick(words))
            for name, (_module, words) in NOUNS.items()
            if name.startswith(incomplete)
        ]
        return [*nouns, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the nouns by their groups without loading their modules."""
        broadest = max(map(len, NOUNS))
        for heading, nouns in GROUPS:
            with formatter.section(pick(heading)):
                formatter.write_dl(
                    [(name.ljust(broadest), pick(words)) for name, (_, words) in nouns.items()]
                )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(
                pick(
                    (
                        "Runs a commune's emulation-and-commendation year, from the plan to the certificate.",
                        "Quản lý công tác thi đua, khen thưởng hằng năm của xã, từ kế hoạch đến khen thưởng.",
                    )
                )
            )

    def invoke(self, ctx: click.Context) -> Any:
        take_shared(ctx)
        return super().invoke(ctx)


def door() -> Door:
    """The command line as a click group."""
    return Door(
        name="tdkt",
        params=[*shared_options(), _version_option()],
        context_settings={"help_option_names": ["-h", "--help"]},
        invoke_without_command=True,
        callback=_begin,
    )


@click.pass_context
def _begin(ctx: click.Context, /, **_: object) -> None:
    """What the office has before it, where no noun is named."""
    if ctx.invoked_subcommand is None:
        from commands.today import show_today

        with Session(ctx.obj) as session:
            show_today(session)


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            from importlib.metadata import PackageNotFoundError, version

            try:
                number = version("tdkt")
            except PackageNotFoundError:  # called as `python cli.py` in a clone
                number = pick(("(not installed)", "(chưa cài đặt)"))
            click.echo(f"tdkt {number}")
            ctx.exit()

    return option(
        "--version",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        words=("The version.", "Phiên bản."),
    )


COLLECTED_EVERY = 50_000
"""Objects made between two searches for cycles: what a command loads to start stays, and is not searched."""


def main() -> None:
    """Runs the command line and exits with its code. A traceback means a bug."""
    gc.set_threshold(COLLECTED_EVERY)
    try:
        _set_streams()
        from commands.failures import run

        code = run(door(), sys.argv[1:])
    except KeyboardInterrupt:  # while nothing had begun, or while something was being told
        code = INTERRUPTED
    gc.freeze()  # the process ends: going through all that it loaded would cost a sixth of a start
    sys.exit(code)


def _set_streams() -> None:
    """UTF-8 whatever the terminal says; a stream that was closed leads nowhere.

    Without the latter the next file opened, say the database's lock, would be taken for standard output.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="strict" if mode == "r" else "replace")


__all__ = ["Command", "Noun", "door", "main"]

if __name__ == "__main__":
    main()

"""The Vietnamese of what the parser and the linter say of definition files, by the English sentence.

Keys, names and values that stand in a file stay between quotes as they are written there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

VIETNAMESE: Mapping[str, str] = MappingProxyType(
    {
        "{one} or {other}": "{one} hoặc {other}",
        "{one}; {other}": "{one}; {other}",
        "none": "không có",
        # A Word template of a paper
        "name the file after its kind and its version, as in quyet_dinh-2.docx, then repeat": (
            "đặt tên tệp theo loại văn bản và số phiên bản, ví dụ quyet_dinh-2.docx, rồi làm lại"
        ),
        "this is no Word file (.docx); save it as one in Word": (
            "đây không phải tệp Word (.docx); lưu lại dạng .docx trong Word"
        ),
        "the field is broken: {why}": "trường viết sai: {why}",
        "paragraph {n} “{begins}”: {said}": "đoạn {n} “{begins}”: {said}",
        "field {n} goes over the edge of the sheet; move it": "trường thứ {n} vượt mép phôi; dời vào trong",
        "there is no field '{name}' here; known: {there_are}": (
            "ở đây không có trường '{name}'; hiện có: {there_are}"
        ),
        "there is no way '{name}' to write a field; take it out": "không có cách ghi '{name}'; bỏ đi",
        "a list is wanted after 'in', this is one value": (
            "sau 'in' phải là một danh sách, đây là một giá trị"
        ),
        "there is no paper '{name}'; known: {there_are}": "không có văn bản '{name}'; hiện có: {there_are}",
        "it cannot be filled: {why}": "không điền được: {why}",
        # A file as YAML
        "the file is not UTF-8 text; save it as UTF-8": "tệp không phải văn bản UTF-8; lưu lại theo UTF-8",
        "the file cannot be read: {why}": "không đọc được tệp: {why}",
        "the file is empty": "tệp trống",
        "unreadable character U+{code}": "có ký tự không đọc được U+{code}",
        "it holds the invisible character {sign}: take it out": "có ký tự ẩn {sign}: xóa ký tự này",
        "nested more than {most} levels deep": "lồng nhau quá {most} cấp",
        "not readable as YAML: {words}": (
            "không đọc được dạng YAML; kiểm tra thụt lề, dấu hai chấm và dấu nháy gần dòng này ({words})"
        ),
        "a file holds one definition, a second begins here": (
            "mỗi tệp chỉ có một định nghĩa; ở đây bắt đầu định nghĩa thứ hai"
        ),
        "a key must be a single word or text": "khóa phải là một từ hoặc một đoạn chữ",
        "key '{text}' is given twice, first on line {first}": (
            "khóa '{text}' ghi hai lần, lần đầu ở dòng {first}"
        ),
        "alias '*{anchor}' is not allowed: write the value out": (
            "không dùng tham chiếu '*{anchor}': ghi đầy đủ giá trị"
        ),
        "anchor '&{anchor}' is not allowed: write each value where it belongs": (
            "không dùng nhãn '&{anchor}': ghi từng giá trị vào đúng chỗ"
        ),
        "tag '{written}' is not allowed": "không dùng thẻ kiểu '{written}'",
        # A file by its shape
        "{place}: {message}": "{place}: {message}",
        "a definition is a mapping of keys to values": "định nghĩa phải gồm các khóa và giá trị",
        "key 'definition' is missing; it is one of: {kinds}": (
            "thiếu khóa 'definition'; ghi một trong các loại: {kinds}"
        ),
        "definition: the kind is one of: {kinds}": "definition: loại phải là một trong: {kinds}",
        "key '{key}' is missing": "thiếu khóa '{key}'",
        "unknown key '{text}'; allowed: {names}": "không có khóa '{text}'; các khóa được dùng: {names}",
        "unknown {what} '{name}'; known: {there_are}": "không có {what} '{name}'; hiện có: {there_are}",
        "{wanted} is wanted, found {found}{cure}": "cần {wanted}, nhưng ở đây là {found}{cure}",
        "; put it between quotes": "; đặt trong dấu nháy",
        "{wanted} wanted in this list, there are {n}": "danh sách này cần {wanted} mục, hiện có {n}",
        "at least {least}": "ít nhất {least}",
        "a number from {least} up is wanted": "cần một số từ {least} trở lên",
        "a number of days from 1 up is wanted": "cần số ngày từ 1 trở lên",
        "an empty text is no text": "nội dung để trống",
        "nothing stands here": "chỗ này để trống",
        "is given twice, with other dots": "ghi hai lần, khác nhau ở dấu chấm",
        "'{text}' stands here twice": "'{text}' ghi ở đây hai lần",
        'a decimal between quotes, as in "0.45"': 'một số thập phân đặt trong dấu nháy, ví dụ "0.45"',
        "'{ref}' stands here twice": "'{ref}' ghi ở đây hai lần",
        "'{text}' is none of: {names}": "'{text}' không thuộc: {names}",
        "'{text}' is no date, YYYY-MM-DD": "'{text}' không phải ngày; ghi năm-tháng-ngày, ví dụ 2026-09-02",
        "'{text}' is no time of day, HH:MM": "'{text}' không phải giờ; ghi giờ:phút, ví dụ 07:30",
        "'{text}' is no span of days: write 10 wd or 10 cd": (
            "'{text}' không phải số ngày: ghi 10 wd (ngày làm việc) hoặc 10 cd (ngày thường)"
        ),
        "'{text}' is no day of the year, MM-DD": (
            "'{text}' không phải ngày trong năm; ghi tháng-ngày, ví dụ 06-30"
        ),
        "'{text}' is no decimal with a point, as in \"0.45\"": (
            "'{text}' không phải số thập phân dùng dấu chấm, ví dụ \"0.45\""
        ),
        "there is no day {text}": "không có ngày {text}",
        "'{text}' is no name: it has {letters}": "'{text}' không phải tên hợp lệ: tên gồm {letters}",
        "the name '{text}' is reserved": "tên '{text}' đã dành cho việc khác",
        "a-z, 0-9 and _ only, a letter first": "a-z, 0-9 và _, bắt đầu bằng chữ cái",
        "at most 15 of a-z, 0-9 and _, a letter first": (
            "nhiều nhất 15 ký tự a-z, 0-9 và _, bắt đầu bằng chữ cái"
        ),
        "a-z, 0-9, _ and - only, a letter first": "a-z, 0-9, _ và -, bắt đầu bằng chữ cái",
        "a reference, like T07 or 2026/T07": "mã như T07 hoặc 2026/T07",
        "A-Z, a-z, 0-9, _ and single dots between them only": "A-Z, a-z, 0-9, _ và từng dấu chấm ở giữa",
        # What is wanted, and what is there
        "a text": "một đoạn chữ",
        "a name": "một tên",
        "one of the fixed words": "một trong các từ quy định",
        "one of: {names}": "một trong: {names}",
        "a whole number": "một số nguyên",
        "true or false": "true hoặc false",
        "a date, YYYY-MM-DD": "một ngày, dạng năm-tháng-ngày",
        "a time of day, HH:MM": "một giờ, dạng giờ:phút",
        "a span of days, such as 10 wd or 10 cd": (
            "số ngày, ví dụ 10 wd (ngày làm việc) hoặc 10 cd (ngày thường)"
        ),
        "a day of the year, MM-DD": "một ngày trong năm, dạng tháng-ngày",
        "a text, a number, true, false or a list of texts": (
            "một đoạn chữ, một số, true, false hoặc danh sách các đoạn chữ"
        ),
        "a name or one {{name: {{parameter: value}}}}": "một tên, hoặc {{tên: {{tham số: giá trị}}}}",
        "a list": "một danh sách",
        "a mapping": "các khóa kèm giá trị",
        "nothing": "chỗ trống",
        "nothing readable": "nội dung không đọc được",
        "the number {text}": "số {text}",
        "the text '{text}'": "đoạn chữ '{text}'",
        # Kinds of names
        "account": "tài khoản",
        "body": "đơn vị",
        "doubt": "điểm cần xem lại",
        "effect": "kết quả",
        "event": "việc",
        "ground": "căn cứ",
        "guard": "điều kiện",
        "item": "công việc",
        "kind": "loại việc",
        "notice": "thông báo",
        "predicate": "phép kiểm tra",
        "relation": "quan hệ",
        "role": "vai trò",
        "state": "trạng thái",
        "subject": "đối tượng",
        "task": "nhiệm vụ",
        "term": "thời hạn",
        "title": "danh hiệu",
        "type": "loại hình",
        "warning": "lưu ý",
        # Machines
        "an input of type choice needs 'choices'": "thông tin kiểu choice phải có 'choices'",
        "'choices' fit type choice only, not {type}": (
            "'choices' chỉ dùng với kiểu choice, không dùng với {type}"
        ),
        "from '{source}' there is no state to keep: name the first one": (
            "từ '{source}' chưa có trạng thái để giữ nguyên: ghi trạng thái đầu tiên"
        ),
        "no event leads from '{initial}' to state '{id}'": (
            "không có việc nào đưa từ '{initial}' đến trạng thái '{id}'"
        ),
        "from the open state '{id}' no way leads to a closed one": (
            "từ trạng thái đang mở '{id}' không có đường đến trạng thái kết thúc"
        ),
        "from '{id}' the only way is on to '{target}': no return, no way out": (
            "từ '{id}' chỉ có thể chuyển tiếp đến '{target}': không trả lại được, không dừng được"
        ),
        "nobody must act in the open state '{id}': it needs an 'owner'": (
            "trạng thái đang mở '{id}' không có người xử lý: phải ghi 'owner'"
        ),
        "notices cannot say what the owner of '{id}' is to do: it needs a 'todo'": (
            "thông báo không nêu được người xử lý ở '{id}' phải làm gì: cần ghi 'todo'"
        ),
        "{place} is empty in one language: a raw id would be shown": (
            "{place} còn trống ở một ngôn ngữ: màn hình sẽ hiện mã thay cho chữ"
        ),
        "'{id}' from {names}: an earlier transition is always taken": (
            "'{id}' từ {names}: luôn đi theo một cách chuyển đã ghi ở trên"
        ),
        "no event ends a deadline: from '{initial}' no closed state can be reached": (
            "không có việc nào kết thúc thời hạn: từ '{initial}' không đến được trạng thái kết thúc nào"
        ),
        "'{id}' comes after itself: 'after' goes in a circle": (
            "'{id}' đứng sau chính nó: 'after' đi vòng tròn"
        ),
        "is none that a {subject} causes": "không phải thông báo mà {subject} tạo ra",
        "says {lacking}, which '{id}' need not be given": "có nêu {lacking}, nhưng '{id}' không bắt buộc ghi",
        "the notice '{kind}' {why}": "thông báo '{kind}' {why}",
        "there is no event '{name}'": "không có việc '{name}'",
        "'{id}' is not possible where '{name}' leads": "sau '{name}' không thực hiện được '{id}'",
        "nothing is undone: {why}": "không lấy lại được gì: {why}",
        # Deadline policies
        "say either 'before' or 'after'": "chỉ ghi 'before' hoặc 'after'",
        "a term has exactly one of: {names}; here are {given}": (
            "mỗi thời hạn ghi đúng một trong: {names}; ở đây là {given}"
        ),
        "there is no month {month}": "không có tháng {month}",
        "only a span of days counts from somewhere: leave 'since' out": (
            "chỉ số ngày mới tính từ một mốc: bỏ 'since'"
        ),
        "the last usual day is before the first": "ngày cuối thường lệ đứng trước ngày đầu",
        "'{kind}' of quarter {quarter} has usual days more than once": (
            "'{kind}' của quý {quarter} ghi ngày thường lệ nhiều lần"
        ),
        "no rung has the level '{level}'; there are: {names}": (
            "không có cấp báo cáo '{level}'; hiện có: {names}"
        ),
        "reminders stand largest first, but {after} follows {before}": (
            "các lần nhắc ghi từ xa đến gần, nhưng {after} lại đứng sau {before}"
        ),
        "the ladder goes up in time, but {higher} follows {lower}": (
            "các cấp báo cáo ghi theo thời gian tăng dần, nhưng {higher} lại đứng sau {lower}"
        ),
        "'{id}' is relative to '{name}', which must stand above it": (
            "'{id}' tính theo '{name}', nên '{name}' phải đứng ở trên"
        ),
        "'{id}' lasts {within}: a reminder {span} before its end never goes out": (
            "'{id}' kéo dài {within}: lần nhắc trước khi hết {span} không bao giờ được gửi"
        ),
        "there is no role '{role}'": "không có vai trò '{role}'",
        "{at} lies in the quiet hours {hours}, so the digest would wait for their end": (
            "{at} nằm trong giờ yên lặng {hours}, nên bản tổng hợp phải chờ đến hết giờ đó"
        ),
        # Calendars
        "{day} is no day of {year}": "{day} không thuộc năm {year}",
        "{day} is given as a day off and as a working day": (
            "{day} vừa ghi là ngày nghỉ vừa ghi là ngày làm việc"
        ),
        "{day} is a weekend, off by itself": "{day} là thứ Bảy hoặc Chủ nhật, vốn đã nghỉ",
        "{day} is no weekend, so it cannot be worked to make up for a day off": (
            "{day} không phải thứ Bảy, Chủ nhật nên không thể là ngày làm bù"
        ),
        # Rule packs
        "a quorum of {part} in {whole} can never be reached": "không bao giờ có đủ {part}/{whole} thành viên",
        "a title has one 'way', a form of commendation has 'ways' by type": (
            "danh hiệu ghi một 'way'; hình thức khen thưởng ghi 'ways' theo từng loại hình"
        ),
        "'{id}': {percent} % is out of range, 1 to 100": "'{id}': {percent} % nằm ngoài khoảng 1 đến 100",
        "'{id}': more than 100 % can never be reached": "'{id}': không bao giờ đạt trên 100 %",
        "{named} {message}": "{named} {message}",
        "'{id}'": "'{id}'",
        "'{id}' for {type}": "'{id}' loại hình {type}",
        "'{id}' pays, and no base salary is known": "'{id}' có tiền thưởng mà chưa ghi mức lương cơ sở nào",
        "'{id}' does not say what {kinds} are paid": "'{id}' chưa ghi mức tiền thưởng của {kinds}",
        "'{id}' {message}": "'{id}' {message}",
        "pays nominees that the title is not for": "ghi tiền thưởng cho đối tượng không thuộc danh hiệu này",
        "pays for types that the title is not given for": (
            "ghi tiền thưởng cho loại hình mà danh hiệu này không có"
        ),
        "pays a {kind} twice: a pay above holds already": (
            "ghi tiền thưởng cho {kind} hai lần: dòng ở trên đã có"
        ),
        "no base salary is known of the pack's first days": (
            "chưa có mức lương cơ sở của những ngày đầu có hiệu lực"
        ),
        "begins no later than the base salary above it": ("có hiệu lực không sau mức lương cơ sở ghi ở trên"),
        "'{id}' is asked for with '{title}', which no such dossier has": (
            "'{id}' ghi cho '{title}', nhưng không có hồ sơ nào như vậy"
        ),
        "goes to the council, which has no 'vote' on it": "qua Hội đồng xét, nhưng không ghi 'vote'",
        "goes by the simplified path, which needs 'grounds' to rest on": (
            "xét theo thủ tục đơn giản, nên phải ghi căn cứ 'grounds'"
        ),
        "is appraised without the council: 'grounds' shorten no way of its own": (
            "được thẩm định mà không qua Hội đồng: không rút gọn gì theo 'grounds'"
        ),
        "is published by the level that decides it, not here": (
            "do cấp quyết định công khai, không công khai ở đây"
        ),
        "is published by the commune after the council, through which it does not go": (
            "được xã công khai sau khi Hội đồng xét, nhưng không qua Hội đồng"
        ),
        "rests on '{id}', on which no dossier is entered": (
            "căn cứ vào '{id}', nhưng không nhận hồ sơ theo căn cứ này"
        ),
        "one check is wanted, one of: {names}": "cần đúng một điều kiện, một trong: {names}",
        "'{id}': '{check}'": "'{id}': '{check}'",
        "is asked twice": "ghi hai lần",
        "wants more than 100 %": "đòi trên 100 %",
        "is about members, which only a collective has": "nói về số người, chỉ tập thể mới có",
        "is asked of nominees that the title is not for": "hỏi đối tượng không thuộc danh hiệu này",
        "is asked for types that the title is not given for": (
            "hỏi ở loại hình mà danh hiệu, hình thức này không có"
        ),
        "is to be looked at again before it was looked at": "có hạn rà soát trước ngày kiểm tra",
        "'{id}' is one of the titles and of another chain": (
            "'{id}' vừa là danh hiệu ở đây vừa thuộc hệ thống khác"
        ),
        # Message catalogues
        "nobody gives {{{name}}}: write {{{name}|what is said without it}}": (
            "không có giá trị cho {{{name}}}: ghi {{{name}|chữ dùng khi không có}}"
        ),
        # Offices
        "only a group has members: add 'group: true'": (
            "chỉ nhóm đơn vị mới có thành viên: ghi thêm 'group: true'"
        ),
        "a group is no member of itself": "nhóm không thể là thành viên của chính mình",
        "it ends on {end} before it begins on {start}": "kết thúc ngày {end}, trước khi bắt đầu ngày {start}",
        "a body is succeeded once it ended: add 'valid_to'": (
            "đơn vị kết thúc hoạt động mới có đơn vị kế tục: ghi thêm 'valid_to'"
        ),
        "a body does not succeed itself": "đơn vị không thể kế tục chính mình",
        "names are published for {most} days at most": "chỉ công khai tên nhiều nhất {most} ngày",
        "only a body that nominates is asked for titles: add 'nominates: true'": (
            "chỉ đề nghị danh hiệu với đơn vị được đề nghị khen thưởng: ghi thêm 'nominates: true'"
        ),
        "there is no time zone '{zone}'; write one like Asia/Ho_Chi_Minh": (
            "không có múi giờ '{zone}'; ghi ví dụ Asia/Ho_Chi_Minh"
        ),
        "the office names {kind} '{name}', which is not there": "cơ quan nêu {kind} '{name}' nhưng không có",
        "this is no office definition; 'definition: office' begins one": (
            "đây không phải tệp cơ quan; tệp cơ quan bắt đầu bằng 'definition: office'"
        ),
        "{key}: there is no definition '{name}' of this kind": (
            "{key}: không có định nghĩa '{name}' thuộc loại này"
        ),
        "no role at all": "nào cả",
        "{machine} has nobody as '{relation}': no account of the office is {wanted}": (
            "{machine} không có ai là '{relation}': không tài khoản nào của cơ quan có vai trò {wanted}"
        ),
        "no account of the office is {wanted}, so nobody can agree to changed rights": (
            "không tài khoản nào có vai trò {wanted}, nên không ai đồng ý được khi thay đổi quyền"
        ),
        "{label}: term {id} is of '{of}', which the office does not run": (
            "{label}: thời hạn {id} thuộc '{of}', là quy trình cơ quan không dùng"
        ),
        "{label}: term {id} names '{state}', no state of {of}": (
            "{label}: thời hạn {id} nêu '{state}', không phải trạng thái của {of}"
        ),
        "{label}: usual days of '{kind}', no kind of the office's machines": (
            "{label}: ngày thường lệ của '{kind}', không phải loại việc của cơ quan"
        ),
        "{name}: opinions of other bodies pause '{id}', no term of {label}": (
            "{name}: lấy ý kiến cơ quan liên quan làm tạm dừng “{id}”, không phải thời hạn nào của {label}"
        ),
        "{name}: {title} gives a length to '{id}', no term of {label}": (
            "{name}: {title} ghi số ngày cho '{id}', không phải thời hạn của {label}"
        ),
        "{name}: level {level} informs nobody, no account is {who}": (
            "{name}: cấp {level} không báo cáo đến ai, không tài khoản nào có vai trò {who}"
        ),
        "{machine} sends the notice '{kind}', for which {name} has no text": (
            "{machine} gửi thông báo '{kind}', nhưng {name} không có nội dung cho thông báo này"
        ),
        "the group '{id}' stands for no body: it needs 'members' or 'external: true'": (
            "nhóm '{id}' không gồm đơn vị nào: ghi 'members' hoặc 'external: true'"
        ),
        "'{id}' comes after itself: 'succeeded_by' goes in a circle": (
            "'{id}' kế tục chính mình: 'succeeded_by' đi vòng tròn"
        ),
        "'{id}' ends on {end}, but '{heir}' begins on {start}: nobody speaks for it between them": (
            "'{id}' kết thúc ngày {end}, nhưng '{heir}' bắt đầu ngày {start}: ở giữa không có ai thay mặt"
        ),
        "'{heir}' comes after '{id}' but is no member of '{group}'": (
            "'{heir}' kế tục '{id}' nhưng không phải thành viên của '{group}'"
        ),
        "'{id}' is asked for '{title}', no title of {rules}": (
            "'{id}' được đề nghị '{title}', không phải danh hiệu của {rules}"
        ),
        "names of '{title}' are not published, no title of {rules}": (
            "không công khai tên của '{title}', nhưng đây không phải danh hiệu của {rules}"
        ),
        "'{id}' sits in the council but has no role {role}": (
            "'{id}' là thành viên Hội đồng nhưng không có vai trò {role}"
        ),
        "'{account}' has the role {role} but no seat: it counts as no member": (
            "'{account}' có vai trò {role} nhưng không có tên trong Hội đồng: không tính là thành viên"
        ),
        "'{written}' may mean '{other}' or '{id}'": "'{written}' có thể là '{other}' hoặc '{id}'",
        # Scenarios
        "the day after the last one is wanted, later than {since}": (
            "ghi ngày liền sau ngày cuối, sau {since}"
        ),
        "the simulation runs from {first} to {last}": "mô phỏng từ {first} đến {last}",
        "{day} is outside: {span}": "{day} nằm ngoài: {span}",
    }
)
